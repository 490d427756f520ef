/**
 * The figures that arms are compared by: one value per seed, or per pair of seeds, and what single test images contribute to it. Tables, captions and
 * docs/results.md all read them here.
 */
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { seedDifference } from '../../copra/seed-differences.ts';
import type { StudyResult } from '../result.ts';
import { TEST_ACCURACY } from './accuracy.ts';
import { TOP_THIRD_SHARE } from './credit.ts';
import { FEDERATED_ACCURACY, FEDERATED_ERROR } from './federated.ts';
import type { Measure } from './measure.ts';
import { barrierMeasure, midpointGainMeasure, midpointMeasure } from './paths.ts';
import { areaMeasure, EVERY_OTHER_KEPT, halfSparsityMeasure, maskMeasure } from './pruning.ts';
import { manyTasksMeasure, mergedMeasure } from './tasks.ts';

/** In the order of tables. */
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
  manyTasksMeasure('single', 'accuracy, one adapter per task', ({ single }) => single),
  mergedMeasure('factors', 'A and B averaged'),
  mergedMeasure('updates', 'ΔW averaged'),
  FEDERATED_ACCURACY,
  FEDERATED_ERROR,
];

/** The variance over images that was kept of a comparison, where single answers were not. */
const keptVariance = ({ imageVariances }: StudyResult, id: string, baseline: string, other: string): number | null =>
  imageVariances?.find((kept) => kept.measure === id && kept.baseline === baseline && kept.other === other)?.variance ??
  null;

/** other − baseline over the seeds both have, with its 95 % interval; null where they have none in common. */
export function armDifference(
  result: StudyResult,
  measure: Measure,
  baseline: string,
  other: string,
): ScopedInterval | null {
  return seedDifference(
    measure.values(result, baseline),
    measure.values(result, other),
    measure.images(result),
    keptVariance(result, measure.id, baseline, other),
  );
}

/** armDifference of one measure, for readings. */
export const differenceIn =
  (result: StudyResult, measure: Measure) =>
  (baseline: string, other: string): ScopedInterval | null =>
    armDifference(result, measure, baseline, other);
