import {
  NOTHING_YET,
  countedEach,
  differenceNoise,
  listed,
  meanOfKnown,
  percent,
  points,
  sampling,
  sentence,
  verdicts,
  withResults,
} from './words.ts';
import type { ArmResults } from './words.ts';

export interface PathResult {
  readonly seeds: readonly [number, number];
  readonly path: 'factor' | 'product';
  readonly accuracy: readonly number[];
  readonly barrierAccuracy: number;
  readonly midpointRetainedGain: number | null;
}

/** What one path between pairs of seeds shows: gain kept at the midpoint, and the barrier. */
export function landscapeReading(
  arms: readonly ArmResults<PathResult>[],
  path: PathResult['path'],
  images: number,
): string {
  const measured = withResults(
    arms.map(({ name, results }) => ({ name, results: results.filter((result) => result.path === path) })),
  );
  if (measured.length === 0) return NOTHING_YET;
  const names = measured.map(({ name }) => name);
  const kept = measured.map(({ name, results }, i) => {
    const gain = meanOfKnown(results.map((result) => result.midpointRetainedGain));
    if (gain === null) return `no share can be given for ${name}`;
    return i === 0 ? `${name} keeps ${percent(gain)} of its gain` : `${name} ${percent(gain)}`;
  });
  const barriers = measured.map(({ results }) => meanOfKnown(results.map((result) => result.barrierAccuracy)));
  const samples = measured.map(({ results }) =>
    results.map(({ seeds, barrierAccuracy }) => ({ seeds, value: barrierAccuracy })),
  );
  const depths = barriers.map((depth) => (depth === null ? 'unknown' : points(depth)));
  const ends = meanOfKnown(measured[0].results.flatMap(({ accuracy }) => [accuracy[0], accuracy[accuracy.length - 1]]));
  const pairs = countedEach(
    measured.map(({ results }) => results.length),
    'seed pair',
  );
  return sentence([
    `At the midpoint of the ${path} path ${listed(kept)} (${pairs}, ${sampling(ends ?? NaN, images)})`,
    `${depths.length > 1 ? 'barriers' : 'barrier'} ${listed(depths)} points`,
    ...verdicts(
      names,
      barriers,
      differenceNoise(ends ?? NaN, images),
      { more: 'higher than', less: 'lower than' },
      samples,
    ),
  ]);
}
