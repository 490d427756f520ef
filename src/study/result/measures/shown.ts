/** The measures whose differences the page itself reports, in tables and captions. */
import { TEST_ACCURACY } from './accuracy.ts';
import { MEAN_INTERACTION, TOP_THIRD_SHARE } from './credit.ts';
import { OTHER_DOMAINS_ACCURACY, OTHER_DOMAINS_HALF, otherDomainsMidpoint } from './domains.ts';
import { OTHER_DOMAINS_AT_EQUAL_TASK } from './equal-task.ts';
import { FEDERATED_ACCURACY } from './federated.ts';
import type { Measure } from './measure.ts';
import { barrierMeasure, midpointMeasure } from './paths.ts';
import { EVERY_OTHER_ACCURACY, EVERY_OTHER_KEPT, halfSparsityMeasure } from './pruning.ts';
import { mergedMeasure } from './tasks.ts';

export const SHOWN_MEASURES: readonly Measure[] = [
  TEST_ACCURACY,
  midpointMeasure('factor'),
  barrierMeasure('factor'),
  barrierMeasure('factor', 'orthogonal'),
  barrierMeasure('factor', 'invertible'),
  EVERY_OTHER_KEPT,
  EVERY_OTHER_ACCURACY,
  halfSparsityMeasure('factors'),
  TOP_THIRD_SHARE,
  OTHER_DOMAINS_ACCURACY,
  OTHER_DOMAINS_AT_EQUAL_TASK,
  OTHER_DOMAINS_HALF,
  otherDomainsMidpoint('factor'),
  MEAN_INTERACTION,
  mergedMeasure('updates'),
  FEDERATED_ACCURACY,
];
