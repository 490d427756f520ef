/** The sentences under the figures of pruning. Empty while there is nothing to read. */
import { structuredReading, unstructuredReading } from '../../../copra/readings/pruning.ts';
import { differenceIn } from '../../../study/result/measures/arm-difference.ts';
import { EVERY_OTHER_KEPT, halfSparsityMeasure } from '../../../study/result/measures/pruning.ts';
import { testSample } from '../../../study/result/measures/sample.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { testedImages } from '../../results/figure-meta.ts';
import { joined, withoutDora } from '../../results/left-out.ts';
import { readArms } from '../../results/read-arms.ts';
import { imagesSeen } from './by-shapley.ts';
import { PRUNING_WORDS } from './messages.ts';

export const structuredCaption = (result: StudyResult): string =>
  result.pruning.length > 0
    ? readArms(result, result.pruning, (arms) =>
        structuredReading(arms, testSample(result), differenceIn(result, EVERY_OTHER_KEPT)),
      )
    : '';

/** Where the masks by Shapley value are shown: that their order saw some of the images. */
export function seenCaption(result: StudyResult): string {
  const seen = imagesSeen(result);
  return seen === null ? '' : PRUNING_WORDS.seenCaption(seen, testedImages(result));
}

export const unstructuredCaption = (result: StudyResult): string =>
  result.pruning.some(({ unstructured }) => unstructured.length > 0)
    ? joined(
        readArms(result, result.pruning, (arms) =>
          unstructuredReading(
            arms,
            'factors',
            testSample(result),
            differenceIn(result, halfSparsityMeasure('factors')),
          ),
        ),
        result.config.analyses.pruning.scopes.includes('update')
          ? withoutDora(result, PRUNING_WORDS.updateEntries)
          : '',
      )
    : '';
