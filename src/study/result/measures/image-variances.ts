/** Results without the answers to single images, and the variances that intervals need instead. */
import { imageVariance } from '../../../core/crossed-interval.ts';
import { differencesBySeed } from '../../../copra/seed-differences.ts';
import { without } from '../../../core/without.ts';
import { withoutPredictions } from '../../predictions/chosen-pictures.ts';
import { mapParts } from '../result-parts.ts';
import type { StudyResult } from '../result.ts';
import { keptVariance } from './arm-difference.ts';
import type { Measure } from './measure.ts';

type ImageVariances = NonNullable<StudyResult['imageVariances']>;

/** Variances of every arm against the first, for the measures whose answers are known. Variances stored before stay. */
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

/**
 * The same figures without the answers to single images. Intervals do not change: the contribution of the images is kept as one number per comparison. Of
 * predictions, the confusions are kept.
 */
export function withoutAnswers(answered: StudyResult, measures: readonly Measure[]): StudyResult {
  const result = withoutPredictions(answered);
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
