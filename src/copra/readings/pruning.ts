import { listed } from '../../core/listed.ts';
import { counted } from '../../core/counted.ts';
import { keptBy, masksNamed, nearestHalf, EVERY_OTHER, THIRDS } from '../pruning/kept.ts';
import {
  NOTHING_YET,
  countedEach,
  differenceRemark,
  gainsKept,
  keptGain,
  meanOfKnown,
  percent,
  sampling,
  sentence,
  verdicts,
  withResults,
} from './words.ts';
import type { ArmResults, Differ, KeptGain } from './words.ts';

export type PruningScope = 'factors' | 'tensors' | 'update';

const PRUNED: Readonly<Record<PruningScope, string>> = {
  factors: 'the entries of A and B',
  tensors: 'the entries of every A and every B',
  update: 'the entries of ΔW',
};

export interface PrunedResult {
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

/** Gain kept by the masks of `labels`, over the seeds with a clear gain. */
const gainKept = (results: readonly PrunedResult[], labels: readonly string[]): KeptGain =>
  keptGain(
    results.flatMap(({ structured }) =>
      masksNamed(structured, labels).length > 0 ? [keptBy(structured, labels, 'retainedGain')] : [],
    ),
  );

/** The cost of removing whole layers: every other layer, and all but a third. @param differ difference of two arms in the gain kept by every other layer */
export function structuredReading(arms: readonly ArmResults<PrunedResult>[], images: number, differ: Differ): string {
  const measured = withResults(
    arms.map((arm) => ({ ...arm, results: arm.results.filter(({ structured }) => structured.length > 0) })),
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
  const [first, ...others] = measured;
  const cheaper = others.flatMap(({ id, name }, i) => {
    const [gain, base] = [halves[i + 1].gain, halves[0].gain];
    if (gain === null || base === null || percent(gain) === percent(base)) return [];
    const remark = differenceRemark(differ(first.id, id), gain - base);
    return [`removing layers costs ${name} ${gain > base ? 'less' : 'more'} of its gain than ${first.name}${remark}`];
  });
  return sentence([
    `With every other layer removed ${gainsKept(names, halves, 'seed')} (${seeds}, ${margin})`,
    thirds.every(({ gain }) => gain === null)
      ? ''
      : `with only a third of the layers left ${gainsKept(names, thirds, 'seed')}`,
    ...cheaper,
  ]);
}

/** The sparsity nearest one half, and the mean accuracy left there. */
function atHalf(results: readonly PrunedResult['unstructured'][number][]): {
  sparsity: number;
  accuracy: number | null;
} {
  const { sparsities } = results[0];
  const nearest = nearestHalf(sparsities);
  return {
    sparsity: sparsities[nearest],
    accuracy: meanOfKnown(results.map(({ accuracy }) => accuracy[nearest])),
  };
}

/** The cost of removing the smallest entries, in one scope. @param differ difference of two arms in the accuracy left at half of them */
export function unstructuredReading(
  arms: readonly ArmResults<PrunedResult>[],
  scope: PruningScope,
  images: number,
  differ: Differ,
): string {
  const measured = withResults(
    arms.map((arm) => ({
      ...arm,
      results: arm.results.flatMap(({ unstructured }) =>
        unstructured.filter((curve) => curve.scope === scope && curve.sparsities.length > 0),
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
    ...verdicts(measured, accuracies, { more: 'ahead of', less: 'behind' }, differ),
    `averaged over all sparsities ${listed(areas.map(shown))}`,
  ]);
}
