import { listed } from '../../core/listed.ts';
import { counted } from '../../core/counted.ts';
import {
  NOTHING_YET,
  countedEach,
  gainsKept,
  keptGain,
  meanOfKnown,
  points,
  sampling,
  sentence,
  verdicts,
  withResults,
} from './words.ts';
import type { ArmResults, Differ } from './words.ts';

export interface PathResult {
  readonly path: 'factor' | 'product';
  readonly accuracy: readonly number[];
  readonly barrierAccuracy: number;
  readonly midpointRetainedGain: number | null;
  /** The same path on training images. */
  readonly train?: { readonly barrierAccuracy: number; readonly images: number } | undefined;
}

const ALIGNED = { orthogonal: ' after rotating the factors', invertible: ' with the best P for the factors' } as const;

/**
 * Reading of one path between pairs of seeds: the gain kept at the midpoint, and the barrier.
 * @param differ difference of two arms in the barrier
 * @param alignment of the factors, by which the results were chosen
 */
export function landscapeReading(
  arms: readonly ArmResults<PathResult>[],
  path: PathResult['path'],
  images: number,
  differ: Differ,
  alignment?: keyof typeof ALIGNED,
): string {
  const measured = withResults(
    arms.map((arm) => ({ ...arm, results: arm.results.filter((result) => result.path === path) })),
  );
  if (measured.length === 0) return NOTHING_YET;
  const names = measured.map(({ name }) => name);
  const kept = measured.map(({ results }) => keptGain(results.map((result) => result.midpointRetainedGain)));
  const barriers = measured.map(({ results }) => meanOfKnown(results.map((result) => result.barrierAccuracy)));
  const depths = barriers.map((depth) => (depth === null ? 'unknown' : points(depth)));
  const ends = meanOfKnown(measured[0].results.flatMap(({ accuracy }) => [accuracy[0], accuracy[accuracy.length - 1]]));
  const pairs = countedEach(
    measured.map(({ results }) => results.length),
    'seed pair',
  );
  return sentence([
    `At the midpoint of the ${path} path${alignment ? ALIGNED[alignment] : ''} ${gainsKept(names, kept, 'pair')} (${pairs}, ${sampling(ends ?? NaN, images)})`,
    `${depths.length > 1 ? 'barriers' : 'barrier'} ${listed(depths)} points`,
    ...trainBarriers(measured),
    ...verdicts(measured, barriers, { more: 'higher than', less: 'lower than' }, differ),
  ]);
}

/** The barriers on training images, if all paths were measured on them. */
function trainBarriers(arms: readonly ArmResults<PathResult>[]): string[] {
  const trained = arms.map(({ results }) => results.flatMap(({ train }) => train ?? []));
  if (trained.some((list, i) => list.length < arms[i].results.length)) return [];
  const depths = trained.map((list) => points(meanOfKnown(list.map(({ barrierAccuracy }) => barrierAccuracy)) ?? NaN));
  return [`on ${counted(trained[0][0].images, 'training image')} ${listed(depths)}`];
}
