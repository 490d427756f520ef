/** The difference between two arms in a measure. Separate from the list of all measures, because the page does not need most of them. */
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import { seedDifference } from '../../../copra/seed-differences.ts';
import type { StudyResult } from '../result.ts';
import type { Measure } from './measure.ts';

/** The stored variance over images of a comparison, for results without single answers. */
export const keptVariance = (
  { imageVariances }: StudyResult,
  id: string,
  baseline: string,
  other: string,
): number | null =>
  imageVariances?.find((kept) => kept.measure === id && kept.baseline === baseline && kept.other === other)?.variance ??
  null;

/** other − baseline over the seeds both have, with its 95 % interval; null if they share none. */
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
