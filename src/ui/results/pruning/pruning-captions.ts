/** The sentences under the figures of pruning; empty while there is nothing to read. */
import { structuredReading, unstructuredReading } from '../../../copra/readings.ts';
import { differenceIn } from '../../../study/result/measures/arm-difference.ts';
import { EVERY_OTHER_KEPT, halfSparsityMeasure } from '../../../study/result/measures/pruning.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { testImages } from '../figure-meta.ts';
import { joined, withoutDora } from '../left-out.ts';
import { readArms } from '../read-arms.ts';

export const structuredCaption = (result: StudyResult): string =>
  result.pruning.length > 0
    ? readArms(result, result.pruning, (arms) =>
        structuredReading(arms, testImages(result), differenceIn(result, EVERY_OTHER_KEPT)),
      )
    : '';

export const unstructuredCaption = (result: StudyResult): string =>
  result.pruning.some(({ unstructured }) => unstructured.length > 0)
    ? joined(
        readArms(result, result.pruning, (arms) =>
          unstructuredReading(
            arms,
            'factors',
            testImages(result),
            differenceIn(result, halfSparsityMeasure('factors')),
          ),
        ),
        result.config.analyses.pruning.scopes.includes('update')
          ? withoutDora(result, 'pruning the entries of ΔW')
          : '',
      )
    : '';
