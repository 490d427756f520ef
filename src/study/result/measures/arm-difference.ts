/** The difference between two arms in a measure. Separate from the list of all measures, because the page does not need most of them. */
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import { remembered } from '../../../core/remembered.ts';
import { seedDifference } from '../../../copra/seed-differences.ts';
import type { StudyResult } from '../result.ts';
import type { Measure } from './measure.ts';

/** The stored variance over images of a comparison, whichever of both arms is the baseline; null if it was not stored. */
export const storedVariance = ({ imageVariances }: StudyResult, id: string, one: string, two: string): number | null =>
  imageVariances?.find(
    ({ measure, baseline, other }) =>
      measure === id && ((baseline === one && other === two) || (baseline === two && other === one)),
  )?.variance ?? null;

/**
 * The variance over images of a comparison, for results without single answers: the stored one. Of two arms that are stored against a third alone it is
 * approximated: their deviations from the third add up, as they would at most if they were exact. Null where neither is known. A stored 0 says nothing of that:
 * an estimate that would be negative is stored as 0.
 */
export function keptVariance(result: StudyResult, id: string, baseline: string, other: string): number | null {
  const stored = storedVariance(result, id, baseline, other);
  if (stored !== null) return stored;
  const approximations = result.config.arms.flatMap(({ id: third }) => {
    const [one, two] = [baseline, other].map((arm) => storedVariance(result, id, third, arm));
    return one && two ? [(Math.sqrt(one) + Math.sqrt(two)) ** 2] : [];
  });
  return approximations.length > 0 ? Math.min(...approximations) : null;
}

const once = remembered<ScopedInterval | null>();

/** other − baseline over the seeds both have, with its 95 % interval; null if they share none. Computed once of a result: its message, numbers and table have it. */
export function armDifference(
  result: StudyResult,
  measure: Measure,
  baseline: string,
  other: string,
): ScopedInterval | null {
  return once(result, JSON.stringify([measure.id, baseline, other]), () =>
    seedDifference(
      measure.values(result, baseline, other),
      measure.values(result, other, baseline),
      measure.sample(result),
      (measure.ofPair ? storedVariance : keptVariance)(result, measure.id, baseline, other),
    ),
  );
}

/** armDifference of one measure, for readings. */
export const differenceIn =
  (result: StudyResult, measure: Measure) =>
  (baseline: string, other: string): ScopedInterval | null =>
    armDifference(result, measure, baseline, other);
