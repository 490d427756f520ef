/**
 * The figures by which arms are compared: one value per seed or per pair of seeds, and the contribution of single test images. Tables, captions and
 * docs/results.md all read them from here.
 */
import { TEST_ACCURACY } from './accuracy.ts';
import { MEAN_INTERACTION, TOP_THIRD_SHARE } from './credit.ts';
import { OTHER_DOMAINS_ACCURACY, OTHER_DOMAINS_HALF, otherDomainsMidpoint } from './domains.ts';
import { FEDERATED_ACCURACY, FEDERATED_ERROR } from './federated.ts';
import type { Measure } from './measure.ts';
import { barrierMeasure, midpointGainMeasure, midpointMeasure } from './paths.ts';
import { areaMeasure, EVERY_OTHER_KEPT, halfSparsityMeasure, maskMeasure } from './pruning.ts';
import { manyTasksMeasure, mergedMeasure } from './tasks.ts';

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
  maskMeasure(['even'], 'every other layer kept (0, 2, 4 …)'),
  maskMeasure(['odd'], 'every other layer kept (1, 3, 5 …)'),
  maskMeasure(['low'], 'low third kept'),
  maskMeasure(['middle'], 'middle third kept'),
  maskMeasure(['high'], 'high third kept'),
  ...['q', 'k', 'v', 'o'].map((projection) => maskMeasure([projection], `only ${projection} kept`)),
  ...(['factors', 'tensors', 'update'] as const).flatMap((scope) => [halfSparsityMeasure(scope), areaMeasure(scope)]),
  TOP_THIRD_SHARE,
  OTHER_DOMAINS_ACCURACY,
  OTHER_DOMAINS_HALF,
  otherDomainsMidpoint('factor'),
  otherDomainsMidpoint('product'),
  MEAN_INTERACTION,
  manyTasksMeasure('single', 'accuracy, one adapter per task', ({ single }) => single),
  mergedMeasure('factors', 'A and B averaged'),
  mergedMeasure('updates', 'ΔW averaged'),
  FEDERATED_ACCURACY,
  FEDERATED_ERROR,
];
