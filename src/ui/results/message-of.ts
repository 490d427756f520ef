/** The message of a figure that compares arms. */
import { comparisonMessage } from '../../study/readings/comparison.ts';
import type { ComparisonWords } from '../../study/readings/messages.ts';
import { comparedArms } from '../../state/summary/findings.ts';
import { armDifference } from '../../study/result/measures/arm-difference.ts';
import type { Measure } from '../../study/result/measures/measure.ts';
import type { StudyResult } from '../../study/result/result.ts';

/** Of the two arms that the first screen compares; empty without two, and until both are measured. */
export function messageOf(result: StudyResult, words: ComparisonWords, measure: Measure): string {
  const arms = comparedArms(result.config);
  if (!arms || arms.some(({ id }, i) => measure.values(result, id, arms[1 - i].id).length === 0)) return '';
  const [first, second] = arms;
  const difference = armDifference(result, measure, first.id, second.id);
  return comparisonMessage(words, [first.name, second.name], difference, measure);
}
