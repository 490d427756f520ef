import { shapleyReading } from '../../../copra/readings.ts';
import { differenceIn } from '../../../study/result/measures/arm-difference.ts';
import { TOP_THIRD_SHARE } from '../../../study/result/measures/credit.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { readArms } from '../read-arms.ts';

/** The sentence under Shapley values; empty while there is nothing to read. */
export const shapleyCaption = (result: StudyResult): string =>
  result.shapley.length > 0
    ? readArms(result, result.shapley, (arms) => shapleyReading(arms, differenceIn(result, TOP_THIRD_SHARE)))
    : '';
