import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairedDifference } from '../core/statistics.ts';
import { clearSide, seedDifference } from './seed-differences.ts';

const ofSeeds = (...values: number[]) => values.map((value, seed) => ({ seeds: [seed], value }));

const pairs = (count: number, value: (a: number, b: number) => number) =>
  Array.from({ length: count }, (_, a) =>
    Array.from({ length: count - a - 1 }, (_, i) => ({ seeds: [a, a + 1 + i], value: value(a, a + 1 + i) })),
  ).flat();

describe('the difference of two arms', () => {
  it('is that of the seeds both have', () => {
    const { n, mean, low, high } = seedDifference(ofSeeds(0.5, 0.6, 0.7), [...ofSeeds(0.6, 0.75)].reverse())!;
    expect([n, mean]).toEqual([2, expect.closeTo(0.125, 12)]);
    const paired = pairedDifference([0.6, 0.75], [0.5, 0.6]);
    expect([low, high]).toEqual([expect.closeTo(paired.low, 12), expect.closeTo(paired.high, 12)]);
    expect(seedDifference(ofSeeds(0.5), [{ seeds: [7], value: 1 }])).toBeNull();
  });

  it('says nothing of its spread for one seed, or for the pairs of two', () => {
    expect(clearSide(seedDifference(ofSeeds(0.5), ofSeeds(0.6))!)).toBeNull();
    const two = pairs(2, () => 0.1);
    expect(clearSide(seedDifference(two, two)!)).toBeNull();
  });

  it('over pairs counts seeds, not pairs: figures that add up over seeds have the interval of their seeds', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 6 }), (effects) => {
        const none = pairs(effects.length, () => 0);
        const half = pairs(effects.length, (a, b) => (effects[a] + effects[b]) / 2);
        const { n, mean, standardError } = seedDifference(none, half)!;
        const single = pairedDifference(
          effects,
          effects.map(() => 0),
        );
        expect(n).toBe(effects.length);
        expect(mean).toBeCloseTo(single.mean, 9);
        expect(standardError).toBeCloseTo(single.standardError, 9);
      }),
    );
  });

  it('is clear where the interval leaves 0 out', () => {
    const about = (low: number, high: number) =>
      clearSide({ n: 3, mean: (low + high) / 2, standardError: 1, low, high });
    expect([about(0.1, 0.3), about(-0.3, -0.1), about(-0.1, 0.2)]).toEqual([1, -1, 0]);
  });
});
