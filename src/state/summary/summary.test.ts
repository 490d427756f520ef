import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { summariseArm } from './arm-summary.ts';
import { columnSpreads, spread } from './summary.ts';

describe('spread', () => {
  it('is the mean and the sample standard deviation', () => {
    expect(spread([1, 2, 3])).toEqual({ mean: 2, sd: 1, n: 3 });
    expect(spread([5])).toEqual({ mean: 5, sd: null, n: 1 });
    expect(spread([])).toBeNull();
  });

  it('takes columns of rows that are still growing', () => {
    expect(columnSpreads([[1, 2, 3], [3]])).toEqual([
      { mean: 2, sd: Math.SQRT2, n: 2 },
      { mean: 2, sd: null, n: 1 },
      { mean: 3, sd: null, n: 1 },
    ]);
    expect(columnSpreads([])).toEqual([]);
  });
});

describe('summary of an arm', () => {
  it('agrees with the result it is made from', () => {
    const result = studyResultFixture();
    const summary = summariseArm(result, 'copra');
    const tests = result.runs.filter(({ arm }) => arm === 'copra').map(({ test }) => test?.accuracy ?? NaN);
    expect(summary.testAccuracy?.mean).toBeCloseTo(tests.reduce((a, b) => a + b, 0) / tests.length, 12);
    const factor = result.landscape.filter(({ arm, path }) => arm === 'copra' && path === 'factor');
    expect(summary.midpointFactor?.n).toBe(factor.length);
    expect(summary.midpointFactor?.mean).toBeCloseTo(
      factor.reduce((sum, { lambdas, accuracy }) => sum + accuracy[lambdas.indexOf(0.5)], 0) / factor.length,
      12,
    );
  });

  it('has no numbers before there are any', () => {
    const empty = { ...studyResultFixture(), runs: [], landscape: [], shapley: [], pruning: [] };
    const { arm, pruned, ...numbers } = summariseArm(empty, 'lora');
    expect([arm, pruned]).toEqual(['lora', 0]);
    expect(Object.values(numbers).every((value) => value === null)).toBe(true);
  });
});
