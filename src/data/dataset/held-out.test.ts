import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildDataset, type BuildOptions } from './dataset.ts';
import { editPlan } from './edit.ts';
import { holdOut, matchDomain } from './held-out.ts';
import { warning } from '../files/problem.ts';
import { planRecords, type DatasetPlan } from './plan.ts';
import { planFolders } from './test-plans.ts';
import { prepareImages } from './prepare.ts';
import { stream } from '../../core/rng.ts';
import { rowsOf } from './test-rows.ts';

const SIDE = 6;
const STRIDE = SIDE * SIDE * 3;
const options: BuildOptions = { imageSize: SIDE, seed: 3, promptOf: (name) => `a picture of ${name}` };

/** domain/class/number.png, each with its own noise. */
const files = (domain: string, classes: readonly string[], count: number) =>
  classes.flatMap((name) => Array.from({ length: count }, (_, i) => ({ path: `${domain}/${name}/${i}.png`, size: 9 })));

/** Noise that depends on the path alone, so that the same file has the same pixels in every list. */
function pixelsOf(path: string): Uint8Array {
  const seed = [...path].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7);
  const rng = stream(seed, 'split');
  return Uint8Array.from({ length: STRIDE }, () => rng.integer(256));
}

/** @param same paths whose pixels are those of another */
const opened = (plan: DatasetPlan, same: Readonly<Record<string, string>> = {}) => {
  const paths = new Map(plan.images.map(({ record, path }) => [record, path]));
  const pathOf = (record: number): string => paths.get(record) ?? '?';
  return {
    prepare: (records: readonly number[], imageSize: number, unique: boolean) =>
      prepareImages(
        records,
        (async function* () {
          for (const at of records) yield { at, value: new TextEncoder().encode(pathOf(at)) };
        })(),
        {
          decode: async (bytes) => {
            const path = new TextDecoder().decode(bytes);
            return pixelsOf(same[path] ?? path);
          },
          imageSize,
          unique,
          pathOf,
        },
      ),
  };
};

const CLASSES = ['cat', 'dog', 'emu', 'hen', 'owl'];
const listed = (domains: readonly string[], count = 8) => domains.flatMap((domain) => files(domain, CLASSES, count));

describe('a domain that is held out', () => {
  it('leaves the images that are trained, validated and tested on as if its files had never been there', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(['art', 'cartoon', 'photo', 'sketch'], { minLength: 1, maxLength: 2 }),
        fc.nat(100),
        fc.boolean(),
        async (held, seed, limited) => {
          const all = ['art', 'cartoon', 'photo', 'sketch'];
          const plan = planFolders(listed(all));
          const left = planFolders(listed(all.filter((name) => !held.includes(name))));
          const { plan: trained, domains } = holdOut(plan, held);
          const own = opened(plan);
          const build = { ...options, seed, ...(limited && { maxImages: 50 }) };
          const sources = domains.map((domain) => ({ ...domain, ...own }));
          const { dataset } = await buildDataset(own, trained, { ...build, domains: sources });
          const { dataset: alone } = await buildDataset(opened(left), left, build);
          const { others, ...rest } = dataset!;
          expect(rest).toEqual(alone);
          expect(others!.map(({ name }) => name)).toEqual(held);
          for (const { name, labels, pixels } of others!) {
            expect(labels).toHaveLength(40);
            const rows = rowsOf(pixels, STRIDE);
            const expected = files(name, CLASSES, 8).map(({ path }) => pixelsOf(path).join());
            expect([...rows].sort()).toEqual(expected.sort());
            rows.forEach((row, i) => {
              const at = files(name, CLASSES, 8).findIndex(({ path }) => pixelsOf(path).join() === row);
              expect(labels[i]).toBe(Math.floor(at / 8));
            });
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it('has its images in an order of which any beginning is a fair sample', async () => {
    const plan = planFolders(listed(['art', 'photo'], 30));
    const { plan: trained, domains } = holdOut(plan, ['photo']);
    const own = opened(plan);
    const { dataset } = await buildDataset(own, trained, { ...options, domains: [{ ...domains[0], ...own }] });
    const first = dataset!.others![0].labels.slice(0, 50);
    for (const label of [0, 1, 2, 3, 4]) expect(first.filter((each) => each === label).length).toBeGreaterThan(4);
  });

  it('shares no motif with any image that is kept on this device, be its class left out for having too few', async () => {
    const plan = planFolders(listed(['art', 'photo']));
    const { plan: trained, domains } = holdOut(plan, ['photo']);
    // Of the last class one image is left, whose group has the largest number.
    const own = opened(plan, Object.fromEntries(files('art', ['owl'], 8).map(({ path }) => [path, 'art/owl/0.png'])));
    const { dataset } = await buildDataset(own, trained, { ...options, domains: [{ ...domains[0], ...own }] });
    expect(dataset!.classes).not.toContain('owl');
    const { groups } = await own.prepare(
      trained.images.map(({ record }) => record),
      SIDE,
      true,
    );
    expect(groups).toHaveLength(33);
    expect([...dataset!.others![0].motifs!].filter((motif) => groups.includes(motif))).toEqual([]);
  });

  it('takes classes along that nothing else has, and says so', () => {
    const plan = planFolders([...listed(['art', 'photo']), ...files('photo', ['fox'], 9), ...files('art', ['gnu'], 9)]);
    const { plan: trained, domains } = holdOut(plan, ['photo', 'moon']);
    expect(trained.classes).toEqual(['cat', 'dog', 'emu', 'gnu', 'hen', 'owl']);
    expect(trained.counts).toEqual([8, 8, 8, 9, 8, 8]);
    expect(domains).toHaveLength(1);
    expect(domains[0].images).toHaveLength(40);
    const said = trained.problems.map(({ message }) => message).join('\n');
    expect(said).toMatch(/“fox” has only 0 images and is left out/);
    expect(said).toMatch(/“photo” has no images of 1 class: gnu/);
  });

  it('leaves out a class of which it takes all but too few images', () => {
    const plan = planFolders([...listed(['art', 'photo']), ...files('photo', ['yak'], 9), ...files('art', ['yak'], 3)]);
    const { plan: trained, domains } = holdOut(plan, ['photo']);
    expect(trained.classes).toEqual(CLASSES);
    expect(domains[0].images).toHaveLength(40);
    expect(trained.problems.map(({ message }) => message).join()).toMatch(/“yak” has only 3 images and is left out/);
  });

  it('must leave something to train on', () => {
    const plan = planFolders(listed(['art', 'photo']));
    const { plan: none } = holdOut(plan, ['art', 'photo']);
    expect(none.problems.at(-1)).toMatchObject({ severity: 'error' });
    expect(none.problems.some(({ message }) => /Hold out fewer/.test(message))).toBe(true);
    expect(holdOut(plan, [])).toEqual({ plan, domains: [] });
  });

  it('loses images that are copies of trained ones, and those that look like one are named', async () => {
    const plan = planFolders(listed(['art', 'photo']));
    const { plan: trained, domains } = holdOut(plan, ['photo']);
    const copies = Object.fromEntries(CLASSES.map((name) => [`photo/${name}/0.png`, `art/${name}/0.png`]));
    const own = opened(plan, copies);
    const { dataset, problems } = await buildDataset(own, trained, {
      ...options,
      domains: [{ ...domains[0], ...own }],
    });
    const { pixels, split, others = [] } = dataset!;
    const seen = new Set(rowsOf(pixels, STRIDE).filter((_, i) => split[i] !== 2));
    const left = CLASSES.filter((name) => seen.has(pixelsOf(`art/${name}/0.png`).join()));
    expect(left.length).toBeGreaterThan(0);
    expect(others[0].labels).toHaveLength(40 - left.length);
    for (const row of rowsOf(others[0].pixels, STRIDE)) expect(seen.has(row)).toBe(false);
    expect(problems.map(({ message }) => message).join()).toMatch(
      new RegExp(`${left.length} images? of “photo” (is an exact copy|are exact copies)`),
    );
  });
});

describe('domains of a table', () => {
  const table = (domains: readonly (string | null)[]) =>
    planRecords({
      layout: 'table',
      name: 'set',
      columns: [],
      labelColumn: null,
      domainColumn: 'site',
      problems: [],
      records: domains.map((domain, i) => ({ path: `${i}`, className: i % 2 === 0 ? 'a' : 'b', side: null, domain })),
    });

  it('are counted in natural order; one alone, or a value for every image, is none', () => {
    const sites = Array.from({ length: 30 }, (_, i) => (i < 3 ? null : `site ${i % 3 === 0 ? 10 : 2}`));
    expect(table(sites).domains).toEqual([
      { name: 'site 2', count: 18 },
      { name: 'site 10', count: 9 },
    ]);
    expect(table(sites.map(() => 'one')).domains).toEqual([]);
    expect(table(Array.from({ length: 100 }, (_, i) => `${i}`)).domains).toEqual([]);
    const { plan, domains } = holdOut(table(sites), ['site 10']);
    expect([plan.images.length, domains[0].images.length]).toEqual([21, 9]);
  });
});

describe('another data set', () => {
  const plan = planFolders(listed(['x'], 8));
  const given = plan.classes.map((found) => ({ found, name: found }));

  it('is matched by the names of its classes, as found or as edited, whatever their case and spacing', () => {
    const ours = planFolders([...files('x', ['n01', 'polar_bear', 'cat'], 5)]);
    const names = ['tench', 'polar bear', null];
    const edited = editPlan(
      ours,
      ours.classes.map((found) => names[['n01', 'polar_bear', 'cat'].indexOf(found)]),
    );
    const known = {
      classes: edited.classes,
      given: ours.classes.map((found) => ({ found, name: names[['n01', 'polar_bear', 'cat'].indexOf(found)] })),
    };
    const other = planFolders(files('y', ['N01', 'Polar-Bear', 'cat', 'dog'], 6));
    const { images, problems } = matchDomain(known, 'y', other);
    expect(images).toHaveLength(12);
    const labelOf = (path: string) => images.find((image) => image.path.startsWith(path))!.label;
    expect(edited.classes[labelOf('y/N01')]).toBe('tench');
    expect(edited.classes[labelOf('y/Polar-Bear')]).toBe('polar bear');
    expect(problems.map(({ message }) => message)).toEqual([
      '“y” has 2 classes that nothing is trained on; left out of it: cat, dog.',
    ]);
  });

  it('is refused without a class in common, and what it lacks is said', () => {
    const none = matchDomain({ classes: plan.classes, given }, 'y', planFolders(files('y', ['fox', 'gnu'], 6)));
    expect(none.images).toEqual([]);
    expect(none.problems.map(({ severity }) => severity)).toEqual(['error']);
    expect(none.problems[0].message).toMatch(/has no class of this/);
    const some = matchDomain({ classes: plan.classes, given }, 'y', planFolders(files('y', ['cat', 'dog'], 6)));
    expect(some.problems.map(({ message }) => message)).toEqual(['“y” has no images of 3 classes: emu, hen, owl.']);
  });

  it('tells what of its files is not read, and nothing of how it would train', () => {
    const fileProblems = [
      warning(null, '2 of 34 files are read.', 32),
      { ...warning('y/a.gif', '“y/a.gif” is left out.'), why: 'it is left out' },
    ];
    // All for testing, and names that are alike: both matter to whoever trains on it.
    const tested = planFolders(files('y/test', ['cat', 'CAT', 'dog', 'emu', 'hen', 'owl'], 6));
    expect(tested.problems).not.toEqual([]);
    const other = { ...tested, fileProblems, problems: [...fileProblems, ...tested.problems] };
    expect(matchDomain({ classes: plan.classes, given }, 'y', other).problems).toEqual([
      { ...fileProblems[0], message: '“y”: 2 of 34 files are read.' },
      fileProblems[1],
    ]);
  });

  it('is tested on whatever split it has', async () => {
    const split = planFolders(['train', 'test'].flatMap((side) => files(`set/${side}`, ['cat', 'dog'], 5)));
    const domain = matchDomain({ classes: plan.classes, given }, 'set', split);
    const { dataset } = await buildDataset(opened(plan), plan, {
      ...options,
      domains: [{ ...domain, ...opened(split) }],
    });
    expect(dataset!.others).toMatchObject([{ name: 'set' }]);
    expect(dataset!.others![0].labels).toHaveLength(20);
  });
});
