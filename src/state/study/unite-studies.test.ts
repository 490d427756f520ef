import { describe, expect, it, vi } from 'vitest';
import { withDomains } from '../../../tests/fixtures/domains.ts';
import { multitaskFixture } from '../../../tests/fixtures/multitask.ts';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { said } from '../../core/language/catalogue.ts';
import { createAdapterLayout } from '../../core/adapter-layout.ts';
import { readStudy } from '../../share/study-file/read-study.ts';
import { packStudy } from '../../share/study-file/study-file.ts';
import { missingFindings } from '../../study/result/result-parts.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { unitedStudy } from '../../study/result/united-study.ts';
import { createAdaptersStore } from '../adapters/adapters-store.ts';
import { createClassroomStore } from './classroom.ts';
import { knownStudy } from './more-seeds.ts';
import { openStudyFile } from './open-study-file.ts';
import { showResult } from './replace-shown.ts';
import { shownOf } from './shown.ts';
import { createStudyStore } from './study-store.ts';
import { fitOf, fitOfAll, heldOnPage, showUnited, type Fit } from './unite-studies.ts';

/** With its reason as it is worded now. */
const worded = (fit: Fit) => (fit.kind === 'apart' ? { ...fit, why: fit.why() } : fit);

const whole = { ...studyResultFixture({ seeds: 3 }), status: 'complete' as const };

/** The part of a study that some of its seeds alone would have given. */
function partOf(result: StudyResult, seeds: number[]): StudyResult {
  const has = ({ seed }: { seed: number }) => seeds.includes(seed);
  return {
    ...result,
    config: { ...result.config, seeds },
    runs: result.runs.filter(has),
    landscape: result.landscape.filter((path) => path.seeds.every((seed) => seeds.includes(seed))),
    shapley: result.shapley.filter(has),
    pruning: result.pruning.filter(has),
  };
}
const [first, second] = [partOf(whole, [0, 1]), partOf(whole, [2])];

const shapes = { vision: { layers: 2, width: 4, mlpWidth: 8 } };
const layout = createAdapterLayout(shapes, { rank: 1, towers: ['vision'], projections: ['q'] });
const adaptersOf = ({ config }: StudyResult) =>
  config.arms.flatMap(({ id, name }) =>
    config.seeds.map((seed) => ({
      armId: id,
      armName: name,
      seed,
      layout,
      scale: 1,
      values: new Float32Array(layout.size).fill(seed),
      gates: { steps: 600, activeSteps: [600, 600] },
      base: { family: 'clip' as const, shapes, layerScales: null, rowNorms: null },
    })),
  );
const file = (path: string, result: StudyResult) => {
  const blob = new Blob([packStudy({ result, adapters: adaptersOf(result), thumbnails: [] })]);
  return { path, size: blob.size, blob };
};
const page = () => ({
  study: createStudyStore(),
  adapters: createAdaptersStore(),
  classroom: createClassroomStore(),
  openSearch: vi.fn(),
});

describe('motifs of united studies', () => {
  const images = whole.task.test;
  const motifs = Array.from({ length: images }, (_, i) => Math.floor(i / 4));
  const variance = { measure: 'test-accuracy', baseline: 'lora', other: 'copra', variance: 1e-4 };
  const of = (study: StudyResult, known: Partial<StudyResult['task']>): StudyResult => ({
    ...study,
    task: { ...study.task, ...known },
    imageVariances: [variance],
  });

  it('are those that any of them knows, a list rather than a number', () => {
    const counted = { motifs: images / 4, designEffect: 2 };
    expect(unitedStudy(of(first, {}), of(second, { motifs })).task.motifs).toEqual(motifs);
    expect(unitedStudy(of(first, counted), of(second, { motifs })).task.motifs).toEqual(motifs);
    expect(unitedStudy(of(first, {}), of(second, counted)).task).toMatchObject(counted);
    expect(unitedStudy(of(first, counted), of(second, {})).task).toMatchObject(counted);
    expect(unitedStudy(first, second).task).toEqual(whole.task);
  });

  it('have the mean design effect of all tested runs', () => {
    const [four, two] = [of(first, { motifs: 90, designEffect: 2 }), of(second, { motifs: 90, designEffect: 3.5 })];
    expect([four.runs.length, two.runs.length]).toEqual([4, 2]);
    expect(unitedStudy(four, two).task.designEffect).toBeCloseTo(2.5, 9);
    expect(unitedStudy(two, four).task.designEffect).toBeCloseTo(2.5, 9);
  });

  it('leave no variance over images that took each for its own', () => {
    expect(unitedStudy(of(first, {}), of(second, { motifs })).imageVariances).toBeUndefined();
    expect(unitedStudy(of(first, { motifs }), of(second, {})).imageVariances).toEqual([variance]);
    expect(unitedStudy(of(first, {}), of(second, {})).imageVariances).toEqual([variance]);
  });

  it('of merges across tasks and of other domains are those that any knows, too', () => {
    const tasks = multitaskFixture(3);
    const domains = withDomains(whole).domains!;
    const listed = domains.domains.map((domain) => ({
      ...domain,
      motifs: Array.from({ length: domain.images }, (_, i) => Math.floor(i / 4)),
    }));
    const motifCounts = { domains: listed.map(() => 5), others: 9 };
    const united = (one: Partial<StudyResult>, other: Partial<StudyResult>) =>
      unitedStudy({ ...first, ...one }, { ...second, ...other });
    expect(united({ multitask: tasks }, { multitask: { ...tasks, motifs: 240 } }).multitask?.motifs).toBe(240);
    expect(united({ domains }, { domains: { ...domains, domains: listed } }).domains?.domains).toEqual(listed);
    expect(united({ domains }, { domains: { ...domains, motifCounts } }).domains?.motifCounts).toEqual(motifCounts);
    expect(united({ domains }, { domains }).domains?.motifCounts).toBeUndefined();
  });
});

describe('two studies', () => {
  it('of the same settings and images are one study of the seeds of both', () => {
    expect(fitOf(first, second)).toEqual({ kind: 'unites', seeds: [0, 1, 2] });
    expect(fitOf(second, first)).toEqual({ kind: 'unites', seeds: [2, 0, 1] });
    expect(fitOf(first, partOf(whole, [1, 2]))).toEqual({ kind: 'unites', seeds: [0, 1, 2] });
    expect(fitOf(whole, second)).toEqual({ kind: 'contained' });
    expect(fitOfAll([partOf(whole, [0]), second, partOf(whole, [1])])).toEqual({ kind: 'unites', seeds: [0, 2, 1] });
    expect(fitOfAll([whole, first, second])).toEqual({ kind: 'contained' });
  });

  it('that differ otherwise are not, and it is said in what', () => {
    const { config, task } = second;
    const other = (changes: Partial<StudyResult>) => worded(fitOf(first, { ...second, ...changes }));
    const longer = { ...config, training: { ...config.training, steps: 9 } };
    expect(other({ config: longer })).toEqual({ kind: 'apart', why: 'Their settings differ: Steps.' });
    const [lora, ...arms] = config.arms;
    expect(other({ config: { ...config, arms: [{ ...lora, rank: 5 }, ...arms] } })).toMatchObject({
      why: expect.stringMatching(/^Their settings differ: .*[Rr]ank/) as string,
    });
    expect(other({ task: { ...task, train: 7 } })).toMatchObject({ why: expect.stringContaining('7') as string });
    expect(other({ task: { ...task, classes: ['a', 'b'] } })).toMatchObject({
      why: expect.stringContaining('classes') as string,
    });
    const tested = (...names: string[]) => {
      const frozen = { accuracy: names.map(() => 0.5) };
      return { domains: names.map((name, pictures) => ({ name, images: 9, pictures })), frozen, runs: [], paths: [] };
    };
    expect(worded(fitOf({ ...first, domains: tested('a', 'b') }, { ...second, domains: tested('a', 'c') }))).toEqual({
      kind: 'apart',
      why: 'They were tested on different images besides those of the task: one on b (9), the other on c (9).',
    });
    expect(fitOf({ ...first, domains: tested('a', 'b') }, { ...second, domains: tested('a', 'b') }).kind).toBe(
      'unites',
    );
    const one = { ...first, task: { ...task, testDigest: 'a', trainDigest: 'b/c' } };
    // Another browser may decode the same files into other pixels.
    for (const changes of [{ trainDigest: 'b/d' }, { testDigest: 'e' }])
      expect(fitOf(one, { ...second, task: { ...one.task, ...changes } })).toMatchObject({ kind: 'unites' });
    const zeroShot = { accuracy: 0.1, loss: 9 };
    expect(other({ task: { ...task, zeroShot } })).toMatchObject({ why: expect.stringContaining('9.000') as string });
    const many = { ...config, seeds: Array.from({ length: 32 }, (_, i) => i + 2) };
    expect(other({ config: many })).toMatchObject({ why: expect.stringContaining('34 seeds') as string });
    expect(fitOfAll([first, second, { ...second, config: longer }])).toMatchObject({ kind: 'apart' });
    expect(other({ config: { ...config, incomplete: true } })).toMatchObject({
      why: expect.stringContaining('newer version') as string,
    });
  });

  it('are too many where a class has more seeds than a study, and all of these are counted', () => {
    const ofSeeds = (seeds: number[]): StudyResult => ({ ...first, config: { ...first.config, seeds }, runs: [] });
    const files = Array.from({ length: 25 }, (_, i) => ofSeeds([2 * i, 2 * i + 1]));
    expect(worded(fitOfAll(files))).toEqual({
      kind: 'apart',
      why: 'Together they have 50 seeds; a study has at most 32.',
    });
    expect(fitOfAll(files.slice(0, 16))).toMatchObject({ kind: 'unites' });
  });
});

describe('the study of both', () => {
  it('is complete where both are, and else stopped, whichever of them was', () => {
    const [stopped, other] = [first, second].map((study) => ({ ...study, status: 'stopped' as const }));
    expect(unitedStudy(first, second).status).toBe('complete');
    expect(unitedStudy(stopped, second).status).toBe('stopped');
    expect(unitedStudy(first, other).status).toBe('stopped');
  });

  it('began when the earlier one did, took the time of both, and names the devices and the memory of both', () => {
    const at = (device: string, day: number, bytes: number, software: boolean): StudyResult['provenance'] => ({
      ...whole.provenance,
      device,
      software,
      date: `2026-01-0${day}T00:00:00.000Z`,
      seconds: 10 * day,
      memory: { bytes, uncut: bytes, limit: 9 },
    });
    const [early, late] = [at('A', 1, 5, false), at('B', 2, 7, true)];
    for (const [one, two] of [
      [early, late],
      [late, early],
    ]) {
      const { provenance } = unitedStudy({ ...first, provenance: one }, { ...second, provenance: two });
      expect(provenance).toMatchObject({ date: early.date, seconds: 30, software: true, memory: late.memory });
      expect(provenance.device).toBe(`${one.device} and ${two.device}`);
    }
  });
});

describe('a dropped file with other seeds', () => {
  it('is offered to the study on the page, and united with it when that is wished', async () => {
    const into = page();
    await openStudyFile([file('a.zip', first)], into, readStudy);
    expect(into.study.getState()).toMatchObject({ result: first, source: 'file' });
    await openStudyFile([file('b.zip', second)], into, readStudy);
    const { offer } = into.classroom.getState();
    expect(offer).toMatchObject({ path: 'b.zip', result: second });
    expect(into.study.getState().result).toEqual(first);

    showUnited([heldOnPage(into)!, offer!], into);
    const { result, source, config, notices } = into.study.getState();
    expect(source).toBe('united');
    expect(config.seeds).toEqual([0, 1, 2]);
    expect(result!.runs).toHaveLength(whole.runs.length);
    expect(notices).toEqual([]);
    const held = into.adapters.getState();
    expect(held.adapters.map(({ id }) => id).sort()).toEqual(
      config.arms.flatMap(({ id }) => [0, 1, 2].map((seed) => `${id}/${seed}`)).sort(),
    );
    expect(held.adapters.every(({ study }) => study === config)).toBe(true);
    // Of each arm the pairs 0–2 and 1–2, which both ends' adapters give.
    expect(missingFindings(result!)).toEqual({ landscape: 2 * config.arms.length });
    expect(knownStudy(result!, held)).not.toBeNull();
    expect(missingFindings(whole)).toEqual({});
  });

  it('is united with the study whose adapters are evaluated, while the evaluation is shown', async () => {
    const into = page();
    const digest = 'of both';
    const own = (result: StudyResult): StudyResult => ({ ...result, task: { ...result.task, testDigest: digest } });
    await openStudyFile([file('a.zip', own(first))], into, readStudy);
    const testSets = [{ digest, imageSize: 1, pixels: new Uint8Array(3), labels: Int32Array.of(0) }];
    into.adapters.setState({ shelved: { ...shownOf(into.study.getState()), testSets } });
    into.study.setState({ result: { ...first, config: { ...first.config, seeds: [7] } }, source: 'live' });
    await openStudyFile([file('b.zip', own(second))], into, readStudy);
    const { offer } = into.classroom.getState();
    expect(offer).toMatchObject({ path: 'b.zip' });
    showUnited([heldOnPage(into)!, offer!], into);
    expect(into.study.getState()).toMatchObject({ source: 'united', config: { seeds: [0, 1, 2] }, testSets });
    expect(into.adapters.getState()).toMatchObject({ shelved: null });
  });

  it('takes the place of a study that it does not go with, and says why', async () => {
    const into = page();
    showResult(into, first, 'file');
    const other = { ...second, config: { ...second.config, shots: 3 } };
    await openStudyFile([file('b.zip', other)], into, readStudy);
    expect(into.classroom.getState().offer).toBeNull();
    const { result, notices } = into.study.getState();
    expect(result).toEqual(other);
    expect(said(notices).join()).toMatch(/^b\.zip took the place .* Their settings differ: Training images per class/);
  });

  it('says where images have other pixels, whatever the order, and keeps the digests on which all agree', () => {
    const [one, two, three] = [0, 1, 2].map((seed) => partOf(whole, [seed]));
    const of = (result: StudyResult, digests: Partial<StudyResult['task']>) => ({
      result: { ...result, task: { ...result.task, ...digests } },
      adapters: [],
    });
    const bare = of(one, {});
    const chrome = of(two, { testDigest: 'a', trainDigest: 'b/c' });
    const firefox = of(three, { testDigest: 'e', trainDigest: 'b/c' });
    const again = of(partOf(whole, [0]), { testDigest: 'a', trainDigest: 'b/c' });
    for (const studies of [
      [bare, chrome, firefox],
      [firefox, bare, chrome],
      [chrome, firefox, again],
    ]) {
      const into = page();
      showUnited(studies, into);
      const { result, notices } = into.study.getState();
      expect(said(notices).filter((notice) => /different browsers decoded/.test(notice))).toHaveLength(1);
      expect(result!.task).not.toHaveProperty('testDigest');
      expect(result!.task.trainDigest).toBe('b/c');
    }
    const into = page();
    showUnited([bare, chrome], into);
    expect(into.study.getState()).toMatchObject({ notices: [], result: { task: chrome.result.task } });
  });

  it('says where the numbers of both are not from the same device, or not the same', () => {
    const into = page();
    const provenance = { ...second.provenance, device: 'another GPU', software: true };
    const shared = partOf(whole, [1, 2]);
    const runs = shared.runs.map((run) => (run.seed === 1 ? { ...run, test: { accuracy: 0, loss: 1 } } : run));
    showUnited(
      [first, { ...shared, runs, provenance }].map((result) => ({ result, adapters: [] })),
      into,
    );
    const { result, notices } = into.study.getState();
    expect(result!.provenance.device).toBe(`${first.provenance.device} and another GPU`);
    expect([first.provenance.software, result!.provenance.software]).toEqual([false, true]);
    expect(result!.runs.filter(({ seed }) => seed === 1)).toEqual(first.runs.filter(({ seed }) => seed === 1));
    expect(said(notices).join(' ')).toMatch(/another GPU: equal runs agree up to rounding.*2 runs are in both/);
    expect(knownStudy(result!, into.adapters.getState())).toBeNull();
  });
});
