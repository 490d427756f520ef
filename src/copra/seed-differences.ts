/** How two arms differ, seed by seed: equal seeds share initial factors, data and augmentation, so the pairs differ only in the method. */
import type { Drawn } from '../core/clusters.ts';
import { crossedInterval, imageVariance, type ScopedInterval, type SeedValue } from '../core/crossed-interval.ts';

type OfSeeds = Pick<SeedValue, 'seeds' | 'value'>;

const keyOf = ({ seeds }: OfSeeds): string => seeds.join(' ');

/** The values of two arms of the seeds (or pairs of seeds) that both have: their means are as far apart as their difference says. */
export function sharedValues(
  first: readonly OfSeeds[],
  second: readonly OfSeeds[],
): readonly [first: number[], second: number[]] {
  const of = (own: readonly OfSeeds[], other: readonly OfSeeds[]): number[] => {
    const shared = new Set(other.map(keyOf));
    return own.filter((entry) => shared.has(keyOf(entry))).map(({ value }) => value);
  };
  return [of(first, second), of(second, first)];
}

function differencesOf(values: Float64Array, others: Float64Array): Float64Array {
  const differences = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) differences[i] = values[i] - others[i];
  return differences;
}

/** other − baseline for every seed (or pair of seeds) that both have. */
export function differencesBySeed(baseline: readonly SeedValue[], other: readonly SeedValue[]): SeedValue[] {
  const known = new Map(baseline.map((entry) => [keyOf(entry), entry]));
  return other.flatMap((entry) => {
    const { seeds, value, byMotif, sensitivity } = entry;
    const base = known.get(keyOf(entry));
    if (!base) return [];
    const comparable = byMotif && base.byMotif?.length === byMotif.length ? base.byMotif : null;
    return [
      {
        seeds,
        value: value - base.value,
        sensitivity: sensitivity + base.sensitivity,
        ...(byMotif && comparable && { byMotif: differencesOf(byMotif, comparable) }),
      },
    ];
  });
}

/**
 * Mean of other − baseline over the seeds (or pairs of seeds) that both have, with its 95 % interval. Null if they share no seed.
 * @param sample the test images; null for figures that do not depend on any
 * @param ofImages the variance over images, if known without the single answers
 */
export function seedDifference(
  baseline: readonly SeedValue[],
  other: readonly SeedValue[],
  sample: Drawn | null,
  ofImages: number | null = null,
): ScopedInterval | null {
  const differences = differencesBySeed(baseline, other);
  if (differences.length === 0) return null;
  return crossedInterval(differences, sample, imageVariance(differences) ?? ofImages);
}

/** The sign of a difference (1 or −1) whose interval excludes 0, whatever it is over; otherwise 0. */
export function excludedSide({ low, high, scope }: ScopedInterval): -1 | 0 | 1 {
  if (scope === null) return 0;
  return low > 0 ? 1 : high < 0 ? -1 : 0;
}

/** The same where the interval speaks of other seeds too; null if there are too few seeds for that. */
export const clearSide = (interval: ScopedInterval): -1 | 0 | 1 | null =>
  interval.scope === null || interval.scope === 'images' ? null : excludedSide(interval);
