/** How two arms differ, seed by seed: equal seeds share initial factors, data and augmentation, so that the pairs differ in the method alone. */
import { meanInterval, pairsInterval, type Interval } from '../core/statistics.ts';

/** A figure of one run (one seed), or of a pair of runs (two seeds). */
export interface SeedValue {
  readonly seeds: readonly number[];
  readonly value: number;
}

/**
 * Mean of other − baseline over the seeds (or pairs of seeds) that both have, with a 95 % interval over seeds. Its bounds are NaN where
 * the seeds are too few: below two, or below three for pairs. Null where both have no seed in common.
 */
export function seedDifference(baseline: readonly SeedValue[], other: readonly SeedValue[]): Interval | null {
  const known = new Map(baseline.map(({ seeds, value }) => [seeds.join(' '), value]));
  const differences = other.flatMap(({ seeds, value }) => {
    const base = known.get(seeds.join(' '));
    return base === undefined ? [] : [{ seeds, value: value - base }];
  });
  if (differences.length === 0) return null;
  if (differences.some(({ seeds }) => seeds.length === 2))
    return pairsInterval(differences.map(({ seeds: [first, second], value }) => ({ first, second, value })));
  return meanInterval(differences.map(({ value }) => value));
}

/** 1 or −1 where the interval says which side the difference lies on, 0 where it does not, null where there is no interval. */
export function clearSide({ low, high }: Interval): -1 | 0 | 1 | null {
  if (Number.isNaN(low) || Number.isNaN(high)) return null;
  return low > 0 ? 1 : high < 0 ? -1 : 0;
}
