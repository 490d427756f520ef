/** Links of the saved results: what a reader who opens one sees. */
import { describe, expect, it } from 'vitest';
import { readJsonFile } from '../../../tests/support/files.ts';
import { tried } from '../../../tests/support/sample.ts';
import { ofFirstSeeds } from '../../../tests/support/first-seeds.ts';
import { said } from '../../core/language/catalogue.ts';
import { PRESETS } from '../../study/presets/presets.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { decodeResultLink, encodeResultLink, GOOD_LENGTH } from './result-link.ts';

const NAMES = PRESETS.filter((preset) => preset.saved).map(({ id }) => id);
const files = new Map<string, StudyResult>();
/** One object per result: links of the same object share their work. */
function saved(name: string): StudyResult {
  const result = files.get(name) ?? (readJsonFile(`public/showcase/${name}.json`) as StudyResult);
  files.set(name, result);
  return result;
}

function opened(fragment: string): StudyResult {
  const decoded = decodeResultLink(fragment);
  if (!decoded.ok) throw new Error(decoded.message());
  return decoded.result;
}

/** Aligned paths lie behind the others in a link. */
const inOrder = ({ landscape }: StudyResult) =>
  landscape.toSorted((a, b) => headOf(a).localeCompare(headOf(b))).map((path) => ({ ...path, head: headOf(path) }));
const headOf = ({ arm, path, seeds, alignment }: StudyResult['landscape'][number]): string =>
  [arm, path, alignment, ...seeds].join();

/** All accuracies that captions are made of, to nine digits. */
function accuracies(result: StudyResult): unknown {
  const paths = inOrder(result);
  const all = {
    tests: result.runs.map(({ test }) => test?.accuracy),
    paths: paths.map(({ head, accuracy }) => [head, accuracy]),
    barriers: paths.map(({ barrierAccuracy, midpointRetainedGain }) => [barrierAccuracy, midpointRetainedGain]),
    layers: result.pruning.map(({ structured }) => structured.map(({ label, accuracy }) => [label, accuracy])),
    weights: result.pruning.map(({ unstructured }) => unstructured.map(({ scope, accuracy }) => [scope, accuracy])),
    merges: result.merging?.map(({ merges }) => merges.map(({ accuracy }) => accuracy)),
    tasks: result.multitask,
  };
  return JSON.parse(
    JSON.stringify(all, (_, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(9)) : value)),
  );
}

describe('the short link of the default study', () => {
  const link = encodeResultLink(saved('few-shots'), GOOD_LENGTH - 70);
  const read = opened(link.fragment);

  it('holds every figure that the study asks for, with two seeds of each arm', () => {
    expect(link.fragment.length).toBeLessThanOrEqual(GOOD_LENGTH - 70);
    expect(link.complete).toBe(true);
    expect([read.landscape.length, read.shapley.length, read.pruning.length]).toEqual([8, 4, 4]);
    expect(read.landscape.every(({ lambdas }) => lambdas.length === 11)).toBe(true);
    expect(read.shapley.every(({ accuracy }) => accuracy.length === 16)).toBe(true);
    expect(read.pruning.every(({ unstructured }) => unstructured.length === 3)).toBe(true);
    expect(read.domains?.runs.every(({ accuracy }) => accuracy.length === read.domains?.domains.length)).toBe(true);
    expect(read.runs.every(({ losses, validation }) => losses.length >= 8 && validation.length >= 5)).toBe(true);
    expect(read.timing).toHaveLength(12);
  });

  it('holds every test accuracy exactly', () => {
    const of = ({ runs }: StudyResult) => runs.map(({ test }) => test?.accuracy.toFixed(9));
    expect(of(read)).toEqual(of(saved('few-shots')));
  });
});

describe('the short link of a study of four seeds', () => {
  const result = ofFirstSeeds(saved('full'), 4);
  // Room for the address of the page.
  const link = encodeResultLink(result, GOOD_LENGTH - 70);
  const read = opened(link.fragment);

  it('holds every figure', () => {
    expect(link.fragment.length).toBeLessThanOrEqual(GOOD_LENGTH - 70);
    expect(link.complete).toBe(true);
    expect([read.landscape.length, read.shapley.length, read.pruning.length]).toEqual([24, 8, 8]);
    expect(read.landscape.every(({ lambdas }) => lambdas.length === 21)).toBe(true);
    expect(read.shapley.every(({ accuracy }) => accuracy.length === 12)).toBe(true);
    expect(read.pruning.every(({ unstructured }) => unstructured.length === 3)).toBe(true);
    expect(read.runs.every(({ losses, validation }) => losses.length >= 8 && validation.length >= 6)).toBe(true);
  });

  it('holds every test accuracy of runs, paths and layers exactly, and of removed weights to two images', () => {
    const weights = ({ pruning }: StudyResult): number[] =>
      pruning.flatMap(({ unstructured }) => unstructured.flatMap(({ accuracy }) => accuracy));
    const kept = weights(read);
    for (const [i, accuracy] of weights(result).entries())
      expect(Math.abs(kept[i] - accuracy)).toBeLessThan(2.001 / result.task.test);
    const unpruned = (of: StudyResult): StudyResult => ({
      ...of,
      pruning: of.pruning.map((each) => ({ ...each, unstructured: [] })),
    });
    expect(accuracies(unpruned(read))).toEqual(accuracies(unpruned(result)));
  });

  it('says what it rounds and leaves out, and a reader is told the same', () => {
    const decoded = decodeResultLink(link.fragment);
    const notes = decoded.ok ? said(decoded.notes).join(' ') : '';
    for (const text of [...link.leftOut, ...link.rounded]) expect(notes).toContain(text);
  });
});

it('the short link of federated training has loss curves: what it says of kinds of numbers that it does not hold takes no room', () => {
  // Behind an address such as https://owner.github.io/copra-playground/.
  const { fragment, rounded } = encodeResultLink(saved('federated'), GOOD_LENGTH - 50);
  expect(opened(fragment).runs.every(({ losses }) => losses.length >= 8)).toBe(true);
  expect(rounded.join()).not.toMatch(/distances|paths|Shapley/);
});

/** As long as most places take it, and others; a browser is asked for the first. */
const LENGTHS = [1930, 8000, 4000, 1230].slice(0, tried(4));

/** Of which the settings and test figures alone are longer than a QR code holds: 17 arms of six seeds. The page says so. */
const WITHOUT_CODE = 'ablations';

describe('links of every saved result', () => {
  it.each(NAMES)(
    '%s: fit at every length that is asked for',
    (name) => {
      const result = saved(name);
      for (const most of LENGTHS) {
        const { fragment, kept } = encodeResultLink(result, most);
        expect(fragment.length <= most).toBe(most > 1230 || name !== WITHOUT_CODE);
        const read = opened(fragment);
        expect(read.config).toEqual(result.config);
        for (const list of ['runs', 'landscape', 'shapley', 'pruning'] as const)
          expect(read[list]).toHaveLength(kept[list].length);
        for (const part of ['merging', 'federated', 'multitask', 'planes', 'geometry'] as const)
          expect(read[part] === undefined).toBe(kept[part] === undefined);
      }
    },
    120_000,
  );

  it.each(NAMES)('%s: the whole link keeps every accuracy', (name) => {
    const { fragment } = encodeResultLink(saved(name));
    expect(accuracies(opened(fragment))).toEqual(accuracies(saved(name)));
  });
});
