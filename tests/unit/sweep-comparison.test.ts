/** Both methods of a sweep, value by value: the saved one with few images. */
import { describe, expect, it } from 'vitest';
import { readSaved } from '../../scripts/figures/saved.ts';
import { sweepComparison } from '../../scripts/sweep-comparison.ts';
import { mean, meanInterval } from '../../src/core/statistics.ts';
import { without } from '../../src/core/without.ts';
import { fewShots } from '../../src/study/presets/few-shots.ts';
import { learningRatesFewShots } from '../../src/study/presets/learning-rates-few-shots.ts';

const result = readSaved(learningRatesFewShots);
const { arms } = result.config;

/** Mean over the pairs of seeds half-way along the factor path. */
const halfway = (arm: string): number =>
  mean(
    result.landscape
      .filter((curve) => curve.arm === arm && curve.path === 'factor' && !curve.alignment)
      .map(({ lambdas, accuracy }) => accuracy[lambdas.indexOf(0.5)]),
  );
const differences = arms.slice(0, 5).map(({ id }, i) => halfway(arms[i + 5].id) - halfway(id));

describe('the comparison of a sweep', () => {
  it('is the mean of the differences at its values', () => {
    expect(arms.map(({ method }) => method).join(' ')).toBe('lora '.repeat(5) + 'copra '.repeat(4) + 'copra');
    expect(sweepComparison(result)?.values).toHaveLength(5);
    expect(sweepComparison(result)?.difference.mean).toBeCloseTo(mean(differences), 12);
  });

  it('has the t interval over its values where nothing is known of other images', () => {
    const { low, high, scope } = sweepComparison(without(result, 'imageVariances'))!.difference;
    const expected = meanInterval(differences);
    expect(scope).toBe('seeds');
    expect(low).toBeCloseTo(expected.low, 4);
    expect(high).toBeCloseTo(expected.high, 4);
  });

  it('approximates what images add: deviations against the first arm add up, and all values err alike', () => {
    const other = (i: number): number =>
      Math.sqrt(
        result.imageVariances!.find(({ measure, other: arm }) => measure === 'midpoint factor' && arm === arms[i].id)!
          .variance,
      );
    const { values, difference } = sweepComparison(result)!;
    expect(Math.sqrt(values[0].imageVariance!)).toBeCloseTo(other(5), 12);
    expect(Math.sqrt(values[3].imageVariance!)).toBeCloseTo(other(3) + other(8), 12);
    expect(difference.scope).toBe('seeds and images');
    // However wide, it counts.
    const wide = { ...result, imageVariances: result.imageVariances!.map((kept) => ({ ...kept, variance: 1 })) };
    expect(sweepComparison(wide)!.difference.high).toBeGreaterThan(1.5);
  });

  it('is not of other studies', () => {
    expect(sweepComparison(readSaved(fewShots))).toBeNull();
  });
});
