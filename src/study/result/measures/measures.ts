/**
 * The figures by which arms are compared: one value per seed or per pair of seeds, and the contribution of single test images. Tables, captions and
 * docs/results.md all read them from here.
 */
import { TEST_ACCURACY } from './accuracy.ts';
import { MEAN_INTERACTION, TOP_THIRD_SHARE } from './credit.ts';
import { OTHER_DOMAINS_ACCURACY, OTHER_DOMAINS_HALF, otherDomainsMidpoint } from './domains.ts';
import { OTHER_DOMAINS_AT_EQUAL_TASK } from './equal-task.ts';
import { FEDERATED_ACCURACY, FEDERATED_ERROR } from './federated.ts';
import type { Measure } from './measure.ts';
import { barrierMeasure, midpointGainMeasure, midpointMeasure } from './paths.ts';
import { areaMeasure, EVERY_OTHER_ACCURACY, EVERY_OTHER_KEPT, halfSparsityMeasure, maskMeasure } from './pruning.ts';
import { manyTasksMeasure, mergedMeasure } from './tasks.ts';

const MASKS = ['even', 'odd', 'low', 'middle', 'high', 'q', 'k', 'v', 'o'] as const;

/** In table order. */
export const MEASURES: readonly Measure[] = [
  TEST_ACCURACY,
  ...(['factor', 'product'] as const).flatMap((path) => [
    midpointMeasure(path),
    midpointGainMeasure(path),
    barrierMeasure(path),
  ]),
  ...(['orthogonal', 'invertible'] as const).map((alignment) => barrierMeasure('factor', alignment)),
  EVERY_OTHER_KEPT,
  EVERY_OTHER_ACCURACY,
  ...(['retained', 'accuracy'] as const).flatMap((figure) => MASKS.map((mask) => maskMeasure([mask], mask, figure))),
  ...(['factors', 'tensors', 'update'] as const).flatMap((scope) => [halfSparsityMeasure(scope), areaMeasure(scope)]),
  TOP_THIRD_SHARE,
  OTHER_DOMAINS_ACCURACY,
  OTHER_DOMAINS_AT_EQUAL_TASK,
  OTHER_DOMAINS_HALF,
  otherDomainsMidpoint('factor'),
  otherDomainsMidpoint('product'),
  MEAN_INTERACTION,
  manyTasksMeasure('single', 'single', ({ single }) => single),
  mergedMeasure('factors'),
  mergedMeasure('updates'),
  FEDERATED_ACCURACY,
  FEDERATED_ERROR,
];
