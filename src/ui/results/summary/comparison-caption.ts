/** The sentence above the table of many arms. */
import { comparisonReading } from '../../../copra/readings/comparison.ts';
import { summariseArm } from '../../../state/summary/summary.ts';
import { testSample } from '../../../study/result/measures/sample.ts';
import type { StudyResult } from '../../../study/result/result.ts';

export function comparisonCaption(result: StudyResult): string {
  const arms = result.config.arms.map(({ id, name }) => {
    const { testAccuracy, midpointFactor } = summariseArm(result, id);
    const whole = testAccuracy?.mean ?? null;
    return { name, whole, midpoint: midpointFactor?.mean ?? null, seeds: testAccuracy?.n ?? 0 };
  });
  return comparisonReading(arms, testSample(result));
}
