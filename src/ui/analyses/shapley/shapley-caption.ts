/** The sentence under the Shapley values. Empty while there is nothing to read. */
import { shapleyReading } from '../../../copra/readings/shapley.ts';
import { differenceIn } from '../../../study/result/measures/arm-difference.ts';
import { TOP_THIRD_SHARE } from '../../../study/result/measures/credit.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { readArms } from '../../results/read-arms.ts';

export const shapleyCaption = (result: StudyResult): string =>
  result.shapley.length > 0
    ? readArms(result, result.shapley, (arms) => shapleyReading(arms, differenceIn(result, TOP_THIRD_SHARE)))
    : '';
