import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { independentImages } from '../core/clusters.ts';
import type { IntervalScope, SeedValue } from '../core/crossed-interval.ts';
import { clearSide, differencesBySeed, seedDifference } from './seed-differences.ts';

const ofSeeds = (...values: number[]): SeedValue[] =>
  values.map((value, seed) => ({ seeds: [seed], value, sensitivity: 0.5 }));

describe('the difference of two arms', () => {
  it('is that of the seeds both have, in whatever order', () => {
    const other = ofSeeds(0.6, 0.75).reverse();
    expect(seedDifference(ofSeeds(0.5, 0.6, 0.7), other, independentImages(100))).toMatchObject({
      mean: expect.closeTo(0.125, 12) as number,
      seeds: 2,
      images: 100,
      scope: 'seeds',
    });
    expect(
      seedDifference(ofSeeds(0.5), [{ seeds: [7], value: 1, sensitivity: 0.5 }], independentImages(100)),
    ).toBeNull();
  });

  it('is taken image by image, and adds up what one image can do to both', () => {
    const answers = (...rights: number[]): SeedValue[] => [
      { seeds: [0], value: 0.5, sensitivity: 0.5, byMotif: Float64Array.from(rights) },
    ];
    expect(differencesBySeed(answers(1, 0, 1), answers(1, 1, 0))).toEqual([
      { seeds: [0], value: 0, sensitivity: 1, byMotif: Float64Array.of(0, 1, -1) },
    ]);
    expect(differencesBySeed(answers(1, 0), answers(1, 1, 0))[0].byMotif).toBeUndefined();
  });

  it('uses the variance over images that was kept where the answers were not', () => {
    const [a, b] = [ofSeeds(0.5, 0.52, 0.51), ofSeeds(0.53, 0.56, 0.53)];
    const without = seedDifference(a, b, independentImages(800))!;
    const kept = seedDifference(a, b, independentImages(800), 0.01 ** 2)!;
    expect([without.scope, kept.scope]).toEqual(['seeds', 'seeds and images']);
    expect(kept.high - kept.low).toBeGreaterThan(without.high - without.low);
  });

  it('uses the answers themselves where both they and a variance are known', () => {
    const answers = (...rights: number[]): SeedValue[] =>
      ofSeeds(0.5, 0.5).map((value) => ({ ...value, byMotif: Float64Array.from(rights) }));
    const [a, b] = [answers(1, 0, 1, 0), answers(1, 1, 0, 0)];
    expect(seedDifference(a, b, independentImages(4), 100)).toEqual(seedDifference(a, b, independentImages(4)));
  });

  it('says nothing for one seed', () => {
    expect(clearSide(seedDifference(ofSeeds(0.5), ofSeeds(0.6), independentImages(100))!)).toBeNull();
  });

  it('is clear where an interval over seeds leaves 0 out', () => {
    const about = (low: number, high: number, scope: IntervalScope = 'seeds') =>
      clearSide({ mean: (low + high) / 2, low, high, seeds: 3, images: 10, scope });
    expect([about(0.1, 0.3), about(-0.3, -0.1), about(-0.1, 0.2)]).toEqual([1, -1, 0]);
    expect(about(0.1, 0.3, 'images')).toBeNull();
  });

  it('turns round with the arms', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })), {
          minLength: 2,
          maxLength: 6,
        }),
        (pairs) => {
          const [a, b] = [ofSeeds(...pairs.map(([x]) => x)), ofSeeds(...pairs.map(([, y]) => y))];
          const [there, back] = [
            seedDifference(a, b, independentImages(100))!,
            seedDifference(b, a, independentImages(100))!,
          ];
          expect(back.low).toBeCloseTo(-there.high, 12);
          expect(back.high).toBeCloseTo(-there.low, 12);
        },
      ),
    );
  });
});
