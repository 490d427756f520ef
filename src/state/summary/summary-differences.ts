/** Differences of an arm from another in the summary's figures, paired by seed. */
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { TEST_ACCURACY } from '../../study/result/measures/accuracy.ts';
import { TOP_THIRD_SHARE } from '../../study/result/measures/credit.ts';
import { OTHER_DOMAINS_ACCURACY } from '../../study/result/measures/domains.ts';
import { OTHER_DOMAINS_AT_EQUAL_TASK } from '../../study/result/measures/equal-task.ts';
import { FEDERATED_ACCURACY, FEDERATED_ERROR } from '../../study/result/measures/federated.ts';
import type { Measure } from '../../study/result/measures/measure.ts';
import { armDifference } from '../../study/result/measures/arm-difference.ts';
import { barrierMeasure, midpointMeasure } from '../../study/result/measures/paths.ts';
import { EVERY_OTHER_ACCURACY, EVERY_OTHER_KEPT } from '../../study/result/measures/pruning.ts';
import { mergedMeasure } from '../../study/result/measures/tasks.ts';
import type { StudyResult } from '../../study/result/result.ts';

export type SummaryFigure =
  | 'testAccuracy'
  | 'midpointFactor'
  | 'barrierFactor'
  | 'accuracyHalf'
  | 'retainedHalf'
  | 'topThirdShare'
  | 'otherDomains'
  | 'equalTask'
  | 'tasksMerged'
  | 'clients'
  | 'averagingError';

/** What the figures of a summary measure. */
export const SUMMARY_MEASURES: Readonly<Record<SummaryFigure, Measure>> = {
  testAccuracy: TEST_ACCURACY,
  midpointFactor: midpointMeasure('factor'),
  barrierFactor: barrierMeasure('factor'),
  accuracyHalf: EVERY_OTHER_ACCURACY,
  retainedHalf: EVERY_OTHER_KEPT,
  topThirdShare: TOP_THIRD_SHARE,
  otherDomains: OTHER_DOMAINS_ACCURACY,
  equalTask: OTHER_DOMAINS_AT_EQUAL_TASK,
  tasksMerged: mergedMeasure('updates'),
  clients: FEDERATED_ACCURACY,
  averagingError: FEDERATED_ERROR,
};

/** other − baseline; null if they share no seed. */
export const summaryDifference = (
  result: StudyResult,
  baseline: string,
  other: string,
  figure: SummaryFigure,
): ScopedInterval | null => armDifference(result, SUMMARY_MEASURES[figure], baseline, other);
