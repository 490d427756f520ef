import { describe, expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { pairedDifference } from '../../core/statistics.ts';
import { summaryDifference } from './summary-differences.ts';

describe('the difference column of the summary', () => {
  const result = studyResultFixture({ seeds: 4 });

  it('pairs accuracies by seed, in whatever order the runs came', () => {
    const of = (arm: string) => result.runs.filter((run) => run.arm === arm).map((run) => run.test!.accuracy);
    const expected = pairedDifference(of('copra'), of('lora'));
    const shuffled = { ...result, runs: [...result.runs].reverse() };
    const { mean, low, high, seeds, scope } = summaryDifference(shuffled, 'lora', 'copra', 'testAccuracy')!;
    expect([seeds, scope]).toEqual([4, 'seeds']);
    expect(mean).toBeCloseTo(expected.mean, 12);
    expect(low).toBeLessThanOrEqual(expected.low);
    expect(high).toBeGreaterThanOrEqual(expected.high);
  });

  it('has figures of pairs of seeds, counted in seeds, and nothing where nothing was measured', () => {
    expect(summaryDifference(result, 'lora', 'copra', 'barrierFactor')).toMatchObject({ seeds: 4 });
    expect(summaryDifference(result, 'lora', 'copra', 'retainedHalf')).toMatchObject({ seeds: 4 });
    expect(summaryDifference({ ...result, shapley: [] }, 'lora', 'copra', 'topThirdShare')).toBeNull();
    expect(summaryDifference(studyResultFixture({ seeds: 1 }), 'lora', 'copra', 'testAccuracy')).toMatchObject({
      scope: null,
      low: NaN,
    });
  });
});
