/** Results without the answers to single images, and what intervals need of them. */
import { imageVariance } from '../../../core/crossed-interval.ts';
import { differencesBySeed } from '../../../copra/seed-differences.ts';
import { without } from '../../../core/without.ts';
import { mapParts } from '../result-parts.ts';
import type { StudyResult } from '../result.ts';
import { keptVariance } from './arm-difference.ts';
import type { Measure } from './measure.ts';

type ImageVariances = NonNullable<StudyResult['imageVariances']>;

/** Of every arm against the first, by the measures of which the answers are known; those kept before stay. */
function imageVariancesOf(result: StudyResult, measures: readonly Measure[]): ImageVariances {
  const [baseline, ...others] = result.config.arms;
  return others.flatMap((other) =>
    measures.flatMap((measure) => {
      const [a, b] = [baseline, other].map(({ id }) => measure.values(result, id));
      const known = imageVariance(differencesBySeed(a, b));
      const variance = known ?? keptVariance(result, measure.id, baseline.id, other.id);
      return variance === null ? [] : [{ measure: measure.id, baseline: baseline.id, other: other.id, variance }];
    }),
  );
}

/** The same figures without the answers to single images. Intervals stay what they are: what the images add to them is kept as a number for each comparison. */
export function withoutAnswers(result: StudyResult, measures: readonly Measure[]): StudyResult {
  const imageVariances = imageVariancesOf(result, measures);
  const { task, ...bare } = mapParts(
    without(result, 'imageVariances'),
    (part, value) => part.withoutAnswers?.(value) ?? value,
  );
  return {
    ...bare,
    task: {
      ...task,
      zeroShot: task.zeroShot && without(task.zeroShot, 'correct'),
      ...(task.headOnly && { headOnly: without(task.headOnly, 'correct') }),
    },
    ...(imageVariances.length > 0 && { imageVariances }),
  };
}
