import { describe, expect, it } from 'vitest';
import { spearman } from '../../copra/shapley/compare-estimators.ts';
import { budgetsFor, compareOn, hasValues } from './estimator-comparison.ts';

/** A smooth game of seven players with interactions. */
const game = Float64Array.from({ length: 128 }, (_, mask) => {
  const work = [1, 2, 3, 4, 5, 6, 7].reduce((sum, worth, i) => sum + (mask & (1 << i) ? worth : 0), 0);
  return 1 - Math.exp(-work / 9);
});

describe('comparing estimators', () => {
  it('gives every estimator every budget that leaves something to estimate, and counts', async () => {
    const seen: number[] = [];
    const made = await compareOn(game, 3, (done) => seen.push(done), new AbortController().signal);
    expect(budgetsFor(128)).toEqual([64]);
    expect(budgetsFor(4096)).toEqual([64, 128, 256, 512, 1024]);
    expect(seen).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
    expect(made!.estimators).toHaveLength(5);
    for (const { error, spearman: ranks } of made!.estimators) {
      expect(error[0]).toMatchObject({ n: 3 });
      expect(error[0].mean).toBeLessThan(0.1);
      expect(ranks[0].mean).toBeGreaterThan(0.8);
    }
    const errorOf = (id: string) => made!.estimators.find((estimator) => estimator.id === id)!.error[0].mean;
    expect(errorOf('odd')).toBeLessThan(errorOf('plain-permutation'));
  });

  it('knows a game in which nothing changes anything', () => {
    expect(hasValues(game)).toBe(true);
    expect(hasValues(game.map(() => 0.3))).toBe(false);
  });

  it('stops when told to', async () => {
    const control = new AbortController();
    expect(await compareOn(game, 3, (done) => done === 2 && control.abort(), control.signal)).toBeNull();
  });

  it('ranks with ties', () => {
    expect(spearman([1, 2, 3], [10, 20, 30])).toBeCloseTo(1, 12);
    expect(spearman([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
    expect(spearman([1, 1, 2], [1, 1, 2])).toBeCloseTo(1, 12);
    expect(spearman([1, 1, 1], [1, 2, 3])).toBeNaN();
  });
});
