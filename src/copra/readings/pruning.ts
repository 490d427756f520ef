import {
  NOTHING_YET,
  counted,
  countedEach,
  differenceNoise,
  differenceRemark,
  gainsKept,
  listed,
  meanOfKnown,
  percent,
  sampling,
  sentence,
  verdicts,
  withResults,
} from './words.ts';
import type { SeedValue } from '../seed-differences.ts';
import type { ArmResults } from './words.ts';

export type PruningScope = 'factors' | 'tensors' | 'update';

const PRUNED: Readonly<Record<PruningScope, string>> = {
  factors: 'the entries of A and B',
  tensors: 'the entries of every A and every B',
  update: 'the entries of ΔW',
};

export interface PrunedResult {
  readonly seed: number;
  readonly structured: readonly {
    readonly label: string;
    readonly accuracy: number;
    readonly retainedGain: number | null;
  }[];
  readonly unstructured: readonly {
    readonly scope: PruningScope;
    readonly sparsities: readonly number[];
    readonly accuracy: readonly number[];
    readonly area: number;
  }[];
}

const EVERY_OTHER = ['even', 'odd'];
const THIRDS = ['low', 'middle', 'high'];

/** Gain kept by the masks of `labels`, averaged over them and over seeds; null when it is not known. */
function gainKept(results: readonly PrunedResult[], labels: readonly string[]): number | null {
  const masks = results.flatMap(({ structured }) => structured.filter(({ label }) => labels.includes(label)));
  return meanOfKnown(masks.map((mask) => mask.retainedGain));
}

/** Gain kept by every other layer, seed by seed. */
const halfGains = (results: readonly PrunedResult[]): SeedValue[] =>
  results.flatMap((result) => {
    const value = gainKept([result], EVERY_OTHER);
    return value === null ? [] : [{ seeds: [result.seed], value }];
  });

/** What removing whole layers costs: every other layer, and all but a third. */
export function structuredReading(arms: readonly ArmResults<PrunedResult>[], images: number): string {
  const measured = withResults(
    arms.map(({ name, results }) => ({ name, results: results.filter(({ structured }) => structured.length > 0) })),
  );
  if (measured.length === 0) return NOTHING_YET;
  const names = measured.map(({ name }) => name);
  const halves = measured.map(({ results }) => gainKept(results, EVERY_OTHER));
  const thirds = measured.map(({ results }) => gainKept(results, THIRDS));
  const accuracy = meanOfKnown(
    measured[0].results.flatMap(({ structured }) =>
      structured.filter(({ label }) => label === 'all').map((m) => m.accuracy),
    ),
  );
  const seeds = countedEach(
    measured.map(({ results }) => results.length),
    'seed',
  );
  const margin = accuracy === null ? counted(images, 'test image') : sampling(accuracy, images);
  const cheaper = names.slice(1).flatMap((name, i) => {
    const [gain, base] = [halves[i + 1], halves[0]];
    if (gain === null || base === null || percent(gain) === percent(base)) return [];
    const [ours, theirs] = [halfGains(measured[i + 1].results), halfGains(measured[0].results)];
    const remark = differenceRemark(theirs, ours, gain - base, 0);
    return [`removing layers costs ${name} ${gain > base ? 'less' : 'more'} of its gain than ${names[0]}${remark}`];
  });
  return sentence([
    `With every other layer removed ${gainsKept(names, halves)} (${seeds}, ${margin})`,
    thirds.every((gain) => gain === null) ? '' : `with only a third of the layers left ${gainsKept(names, thirds)}`,
    ...cheaper,
  ]);
}

/** The accuracy left at the sparsity nearest one half: the mean, and that of every seed. */
function atHalf(results: readonly (PrunedResult['unstructured'][number] & { readonly seed: number })[]): {
  sparsity: number;
  accuracy: number | null;
  samples: SeedValue[];
} {
  const { sparsities } = results[0];
  const nearest = sparsities.reduce(
    (best, s, i) => (Math.abs(s - 0.5) < Math.abs(sparsities[best] - 0.5) ? i : best),
    0,
  );
  return {
    sparsity: sparsities[nearest],
    accuracy: meanOfKnown(results.map(({ accuracy }) => accuracy[nearest])),
    samples: results.map(({ seed, accuracy }) => ({ seeds: [seed], value: accuracy[nearest] })),
  };
}

/** What removing the smallest entries costs, in one scope. */
export function unstructuredReading(
  arms: readonly ArmResults<PrunedResult>[],
  scope: PruningScope,
  images: number,
): string {
  const measured = withResults(
    arms.map(({ name, results }) => ({
      name,
      results: results.flatMap(({ seed, unstructured }) =>
        unstructured
          .filter((curve) => curve.scope === scope && curve.sparsities.length > 0)
          .map((curve) => ({ seed, ...curve })),
      ),
    })),
  );
  if (measured.length === 0) return NOTHING_YET;
  const names = measured.map(({ name }) => name);
  const halves = measured.map(({ results }) => atHalf(results));
  const accuracies = halves.map(({ accuracy }) => accuracy);
  const areas = measured.map(({ results }) => meanOfKnown(results.map(({ area }) => area)));
  const shown = (value: number | null) => (value === null ? 'unknown' : percent(value, 1));
  const left = names.map((name, i) => `${name} ${i === 0 ? 'has ' : ''}${shown(accuracies[i])}`);
  const level = accuracies[0] ?? NaN;
  const seeds = countedEach(
    measured.map(({ results }) => results.length),
    'seed',
  );
  const what = PRUNED[scope];
  return sentence([
    `With ${percent(halves[0].sparsity)} of ${what} removed ${listed(left)} accuracy (${seeds}, ${sampling(level, images)})`,
    ...verdicts(
      names,
      accuracies,
      differenceNoise(level, images),
      { more: 'ahead of', less: 'behind' },
      halves.map(({ samples }) => samples),
    ),
    `averaged over all sparsities ${listed(areas.map(shown))}`,
  ]);
}
