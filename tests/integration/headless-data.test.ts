/** Own images without a browser: every source, the plan that is printed, the options that edit it, and what is told when something is wrong. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zipSync } from 'fflate';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../scripts/config-source.ts';
import { dataChoices, type DataArguments } from '../../scripts/data/data-options.ts';
import { filesOnDisk } from '../../scripts/data/files-on-disk.ts';
import { buildData, planData, testingDomains } from '../../scripts/data/own-images.ts';
import { areOtherImages, imagesFor } from '../../scripts/data/source-images.ts';
import { loadNamedBackbone } from '../../scripts/headless-backbone.ts';
import { folderReader, openEngine, runHeadless } from '../../scripts/headless.ts';
import { datasetDigest } from '../../src/data/dataset/dataset-digest.ts';
import { testParquet } from '../../src/data/formats/test-parquet.ts';
import { squareGeometry } from '../../src/model/image-geometry.ts';
import { withSettings } from '../../src/share/config/config-set.ts';
import { encodeResultLink } from '../../src/share/link/result-link.ts';
import { packStudy } from '../../src/share/study-file/study-file.ts';
import type { StudyConfig } from '../../src/study/config/config.ts';
import { quick } from '../../src/study/presets/quick.ts';
import { studyResultFixture } from '../fixtures/study-result.ts';

const SIDE = 32;
const COLOURS = ['navy', 'dark_red', 'teal'];

const picture = async (i: number, colour: string): Promise<Uint8Array<ArrayBuffer>> => {
  const dot = Buffer.from(
    `<svg width="40" height="40"><circle cx="${6 + 3 * i}" cy="20" r="${3 + i}" fill="white"/></svg>`,
  );
  const create = { width: 40, height: 40, channels: 3 as const, background: colour.replace('_', '') };
  return new Uint8Array(
    await sharp({ create })
      .composite([{ input: dot }])
      .png()
      .toBuffer(),
  );
};

let folder = '';
const files: Record<string, Uint8Array<ArrayBuffer>> = {};
/** What the commands print. */
let printed: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'copra-headless-data-'));
  for (const colour of COLOURS)
    for (let i = 0; i < 8; i++) files[`${colour}/${i}.png`] = await picture(i, colour.replace('dark_red', 'darkred'));
  await mkdir(`${folder}/tree`);
  for (const colour of COLOURS) await mkdir(`${folder}/tree/${colour}`);
  for (const [name, bytes] of Object.entries(files)) await writeFile(`${folder}/tree/${name}`, bytes);
  await writeFile(`${folder}/tree/notes.txt`, 'none');
  await symlink('.', `${folder}/tree/again`);
});
afterAll(() => rm(folder, { recursive: true }));

vi.spyOn(console, 'log').mockImplementation((text: unknown) => void printed.push(String(text)));
afterEach(() => void (printed = []));

const NONE = { data: [], rename: [], 'leave-out': [] } satisfies DataArguments;

async function planned(changes: Partial<DataArguments>) {
  const choices = dataChoices({ ...NONE, ...changes });
  if (!choices) throw new Error('no data was named');
  return planData(choices);
}

const built = async (changes: Partial<DataArguments>) => buildData(await planned(changes), squareGeometry(SIDE));

describe('own images on disk', () => {
  it('are listed as if they had been dropped, links that lead back into a folder once', async () => {
    const listed = await filesOnDisk([`${folder}/tree`]);
    expect(listed.map(({ path: name }) => name).sort()).toEqual(
      ['tree/notes.txt', ...Object.keys(files).map((name) => `tree/${name}`)].sort(),
    );
    await expect(filesOnDisk([`${folder}/none`])).rejects.toThrow(/no file or folder ".*none"/);
  });

  it('are planned, renamed, merged, left out and split', async () => {
    const dataset = await built({ data: [`${folder}/tree`], test: '0.5', 'split-seed': '3' });
    expect(dataset).toMatchObject({ name: 'tree', classes: ['dark red', 'navy', 'teal'], imageSize: SIDE });
    expect(dataset.labels).toHaveLength(24);
    expect(dataset.split.filter((side) => side === 2)).toHaveLength(12);
    expect(printed.join('\n')).toMatch(/24 images, 3 classes/);
    expect(printed.join('\n')).toMatch(/notes\.txt.* left out/);
    const { plan } = await planned({ data: [`${folder}/tree`], rename: ['teal=navy'], 'leave-out': [] });
    expect(plan).toMatchObject({ classes: ['dark red', 'navy'], counts: [8, 16] });
    const without = await planned({ data: [`${folder}/tree`], 'leave-out': ['dark red'] });
    expect(without.plan.classes).toEqual(['navy', 'teal']);
  });

  it('in several forms are the same images', async () => {
    const first = await built({ data: [`${folder}/tree`] });
    await writeFile(`${folder}/set.zip`, zipSync(files, { level: 0, mtime: '2020-01-01' }));
    const rows = Object.entries(files).map(
      ([name, bytes]) =>
        `${Buffer.from(bytes).toString('base64')},${name.split('/')[0]},${name.includes('7') ? 'large' : 'small'}`,
    );
    await writeFile(`${folder}/set.csv`, ['image,label,size', ...rows].join('\n'));
    for (const name of ['set.zip', 'set.csv']) {
      const other = await built({ data: [`${folder}/${name}`], labels: name === 'set.csv' ? 'label' : undefined });
      expect(other.classes).toEqual(first.classes);
      expect(new Set(other.labels)).toEqual(new Set(first.labels));
      expect([...other.pixels].sort()).toEqual([...first.pixels].sort());
    }
  });

  it('tell what is wrong, where, and what to do', async () => {
    const tree = `${folder}/tree`;
    const refused: [Partial<DataArguments>, RegExp][] = [
      [{ data: [`${folder}/none`] }, /neither a file or folder here, nor an address/],
      [{ data: ['src/datta'] }, /no file or folder "src\/datta" here, though there is a folder "src"/],
      [{ data: [tree, 'me/ants'] }, /no file or folder "me\/ants".*an address stands alone/],
      [{ data: [tree], labels: 'kind' }, /no label column "kind": its classes come from no column/],
      [{ data: [`${folder}/set.csv`], labels: 'kind' }, /no label column "kind": its columns are .*label/],
      [{ data: [tree], rename: ['navi=x'] }, /no class "navi".*"navy" may be meant/],
      [{ data: [tree], rename: ['navy'] }, /--rename takes CLASS=NAME, not "navy"/],
      [{ data: [tree], 'leave-out': ['navy', 'teal'] }, /nothing to train on/],
      [{ data: [tree], test: '20' }, /--test takes a share .*between 0 and 1/],
      [{ data: [tree], test: '0.6', validation: '0.4' }, /leave no images to train on/],
      [{ data: [tree], 'split-seed': '-1' }, /--split-seed takes a whole number/],
      [{ data: [tree], reading: 'both' }, /--reading is one of table, folders, outer, inner, not "both"/],
      [{ data: [tree], 'hold-out': ['night'] }, /no domain "night" to hold out: none of its columns or folders/],
      [{ data: [`${folder}/set.csv`], 'hold-out': ['tiny'], domains: 'size' }, /its domains are large, small/],
      [{ data: [`${folder}/set.csv`], domains: 'site' }, /no column "site" besides that of the classes: its columns/],
      [{ 'hold-out': ['night'] }, /--hold-out changes images of your own: name them with --data/],
      [{ labels: 'kind' }, /--labels changes images of your own: name them with --data/],
    ];
    for (const [changes, message] of refused) await expect(planned(changes), String(message)).rejects.toThrow(message);
    expect(printed.join('\n')).toMatch(/Error: Fewer than two classes are left/);
  });

  it('that a table and folders read differently are not guessed', async () => {
    const mixed = `${folder}/mixed`;
    for (const [i, [name, bytes]] of Object.entries(files).entries()) {
      await mkdir(path.dirname(`${mixed}/part-${i % 2}/${name}`), { recursive: true });
      await writeFile(`${mixed}/part-${i % 2}/${name.replace('/', '-')}`, bytes);
    }
    const names = Object.keys(files).map((name, i) => [`part-${i % 2}/${name.replace('/', '-')}`, name.split('/')[0]]);
    await writeFile(
      `${mixed}/labels.csv`,
      ['file,label', ...names.slice(0, 14).map((row) => row.join()), 'gone.png,navy', 'gone-2.png,navy'].join('\n'),
    );
    await expect(planned({ data: [mixed] })).rejects.toThrow(
      /Choose one:\n {2}--reading table: .*\n {2}--reading folders: /,
    );
    expect((await planned({ data: [mixed], reading: 'folders' })).plan.classes).toEqual(['part 0', 'part 1']);
    expect((await planned({ data: [mixed], reading: 'table' })).plan.layout).toBe('table');
  });
});

describe('other domains of own images', () => {
  const set = (name: string, domains: readonly string[], colours: readonly string[]) =>
    Promise.all(
      domains.flatMap((domain, d) =>
        colours.map(async (colour) => {
          await mkdir(`${folder}/${name}/${domain}/${colour}`, { recursive: true });
          for (let i = 0; i < 5; i++)
            await writeFile(
              `${folder}/${name}/${domain}/${colour}/${i}.png`,
              await picture(10 * d + i + name.length, colour.replace('dark_red', 'darkred')),
            );
        }),
      ),
    );

  it('are held out of two levels of folders, of a table, or other data sets, and are in the digest of the images', async () => {
    await set('two', ['day', 'night'], COLOURS);
    await set('elsewhere', ['.'], ['navy', 'teal', 'pink']);
    const data = [`${folder}/two`];
    await expect(planned({ data })).rejects.toThrow(/two levels of folders.*\n.*--reading inner: .*day, night/);
    const whole = await built({ data, reading: 'inner' });
    expect(whole.labels).toHaveLength(30);
    expect(whole.others).toBe(undefined);
    const held = await built({ data, reading: 'inner', 'hold-out': ['night'], other: [`${folder}/elsewhere`] });
    expect(held.labels).toHaveLength(15);
    expect(held.others!.map(({ name, labels }) => [name, labels.length])).toEqual([
      ['night', 15],
      ['elsewhere', 10],
    ]);
    expect(printed.join('\n')).toMatch(/Other domains, tested on and not trained on: night \(15 images\), elsewhere/);
    expect(printed.join('\n')).toMatch(/“elsewhere” has 1 class that nothing is trained on; left out of it: pink/);
    const { others, ...alone } = held;
    expect(await datasetDigest(held)).not.toBe(await datasetDigest(alone));
    expect(await datasetDigest(held)).not.toBe(await datasetDigest({ ...alone, others: others!.slice(1) }));
    const table = { data: [`${folder}/set.csv`], labels: 'label', domains: 'size', 'hold-out': ['large'] };
    expect((await built(table)).others!.map(({ name, labels }) => [name, labels.length])).toEqual([['large', 3]]);
    const { config } = quick;
    expect(testingDomains(config, await planned(table)).analyses.domains).toMatchObject({ enabled: true });
    expect(testingDomains(config, await planned({ data, reading: 'inner' }))).toBe(config);
    expect(testingDomains(config, null)).toBe(config);
    // Domains are the likely classes of "many", which has more of them.
    await set('many', ['a', 'b', 'c', 'd'], COLOURS);
    const { domains } = await planned({ data: [`${folder}/tree`], other: [`${folder}/many`] });
    expect(domains.map(({ name, images }) => [name, images.length])).toEqual([['many', 60]]);
    await set('strange', ['.'], ['pink', 'lime']);
    await expect(planned({ data: [`${folder}/tree`], other: [`${folder}/strange`] })).rejects.toThrow(
      /can be tested on/,
    );
  });
});

describe('own images from a server', () => {
  let server: Server | null = null;
  afterEach(
    () =>
      new Promise((resolve) => (server ? (server.close(resolve), server.closeAllConnections()) : resolve(undefined))),
  );

  async function serve(content: (name: string) => Uint8Array | string | undefined): Promise<string> {
    const listening = createServer((request, response) => {
      const body = content((request.url ?? '').slice(1));
      if (body === undefined) response.writeHead(404).end();
      else response.writeHead(200, { 'Content-Length': Buffer.byteLength(body) }).end(body);
    });
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  }

  it('come by their address, and by the id of a data set on a hub', async () => {
    const pictures = Object.values(files);
    const parquet = testParquet({
      rows: 24,
      names: ['ant', 'bee', 'cat'],
      images: (i) => pictures[8 * (i % 3) + Math.floor(i / 3)],
    });
    const zip = zipSync(files, { level: 0 });
    let base = '';
    base = await serve((name) =>
      name === 'pets.zip'
        ? zip
        : name === 'x/0.parquet'
          ? parquet
          : name === 'api/datasets/me/ants/parquet'
            ? JSON.stringify({ default: { train: [`${base}/x/0.parquet`] } })
            : undefined,
    );
    const byAddress = await built({ data: [`${base}/pets.zip`] });
    expect(byAddress).toMatchObject({ name: 'pets', classes: ['dark red', 'navy', 'teal'] });
    vi.stubEnv('COPRA_HUB', base);
    const byId = await built({ data: ['me/ants'] });
    expect(byId).toMatchObject({ name: 'ants', classes: ['ant', 'bee', 'cat'] });
    expect(byId.labels).toHaveLength(24);
    await expect(planned({ data: ['me/none'] })).rejects.toThrow(/no data set “me\/none” .*Check the spelling/);
    await expect(planned({ data: [`${base}/none.zip`] })).rejects.toThrow(/no such file .*Check the address/);
    vi.unstubAllEnvs();
  });
});

describe('the settings of a headless study', () => {
  it('come from a file, a study file, a result, a link and an address', async () => {
    const result = studyResultFixture();
    const config = withSettings(quick.config, ['steps=7']);
    await writeFile(`${folder}/config.json`, JSON.stringify(config));
    await writeFile(`${folder}/result.json`, JSON.stringify(result));
    await writeFile(`${folder}/study.zip`, packStudy({ result, adapters: [], thumbnails: [] }));
    expect(await readConfig(`${folder}/config.json`)).toEqual({ study: config });
    expect(await readConfig(`${folder}/result.json`)).toEqual({ study: result.config, result });
    expect(await readConfig(`${folder}/study.zip`)).toEqual({
      study: result.config,
      result,
      known: { result, adapters: [] },
    });
    const { fragment } = encodeResultLink(result);
    for (const link of [fragment, `https://example.org/page/#${fragment}`])
      expect(await readConfig(link)).toEqual({ study: result.config });
    const byAddress = await readConfig('https://example.org/page/?steps=7&seeds=3');
    expect(byAddress).toMatchObject({ study: { seeds: [3], training: { steps: 7 } } });
    expect(await readConfig('quick')).toEqual({ study: quick.config });
  });

  it('that cannot be read are told', async () => {
    await expect(readConfig('quik')).rejects.toThrow(/no file "quik", and no preset of that name/);
    await writeFile(`${folder}/none.json`, '{"a": 1}');
    await expect(readConfig(`${folder}/none.json`)).rejects.toThrow(/none\.json is not a study: /);
    await writeFile(`${folder}/half.json`, '{"a"');
    await expect(readConfig(`${folder}/half.json`)).rejects.toThrow(/neither a study file nor JSON/);
    await expect(readConfig('r2.AAAA')).rejects.toThrow();
    await expect(readConfig('https://example.org/')).rejects.toThrow(/says nothing about a study/);
  });
});

describe('a headless study of own images', () => {
  const ANALYSES = ['landscape=off', 'shapley=off', 'pruning=off'];
  const own: StudyConfig = {
    ...withSettings(quick.config, ['steps=2', 'shots=2', 'seeds=3', ...ANALYSES]),
    task: 'dropped',
  };

  it('says that it needs images', async () => {
    const engine = await openEngine('auto', 1);
    await expect(runHeadless(own, engine)).rejects.toThrow(/"task": "dropped".*--data/);
    engine.dispose();
  });

  it('goes on from its checkpoint with the same images, and refuses others', async () => {
    const engine = await openEngine('auto', 1);
    const checkpoint = `${folder}/own.checkpoint`;
    const study = async (changes: Partial<DataArguments>) => {
      const dataset = await built({ data: [`${folder}/tree`], ...changes });
      return runHeadless(own, engine, { checkpoint, loadImages: () => Promise.resolve(dataset) });
    };
    const first = await study({});
    expect(first).toMatchObject({ status: 'complete', task: { name: 'tree', train: 6 } });
    // Of the images that the result knows as its own.
    expect(first.task.testDigest).toBeDefined();
    expect(first.task.pictures?.size).toBe(SIDE);
    const again = await study({});
    expect(printed.join('\n')).toMatch(/Continues at step 2 of 2/);
    expect({ ...again, provenance: null }).toEqual({ ...first, provenance: null });
    await expect(study({ 'split-seed': '5' })).rejects.toThrow(/checkpoint of a study of other images/);
    engine.dispose();
  });

  it('knows whether the images are those of a result: split and edits are no settings', async () => {
    const engine = await openEngine('auto', 1);
    const given = (changes: Partial<DataArguments> = {}) => built({ data: [`${folder}/tree`], ...changes });
    const dataset = await given();
    const result = await runHeadless({ ...own, shots: 1 }, engine, { loadImages: () => Promise.resolve(dataset) });
    engine.dispose();
    expect(areOtherImages(result, await given())).toBe(false);
    for (const changes of [
      { 'split-seed': '5' },
      { test: '0.4' },
      { rename: ['teal=green'] },
      { 'leave-out': ['teal'] },
    ])
      expect(areOtherImages(result, await given(changes)), JSON.stringify(changes)).toBe(true);
    const named = await loadNamedBackbone(result.config.backbone, null, folderReader);
    const noted = vi.spyOn(console, 'warn').mockReturnValue();
    await imagesFor(await planned({ data: [`${folder}/tree`] }), named, result.config, result);
    expect(noted).not.toHaveBeenCalled();
    await imagesFor(await planned({ data: [`${folder}/tree`], 'split-seed': '5' }), named, result.config, result);
    expect(noted).toHaveBeenCalledWith(expect.stringContaining('not the images of the study'));
    noted.mockRestore();
    const old = { ...result, task: { ...result.task, testDigest: undefined, trainDigest: undefined } };
    expect(areOtherImages(old, await given({ 'split-seed': '5' }))).toBe(false);
  });
});
