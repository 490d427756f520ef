/** Which predictions a study keeps: those of runs, and of what they become, up to a bound for each kind. */
import { pairCount } from '../../core/pairs.ts';
import type { StudyConfig } from '../config/config.ts';
import { found } from '../result/result-parts.ts';
import type { StudyContext } from '../run/context.ts';
import { ANSWER_BYTES, fitsAnswers } from './answers.ts';
import type { Prediction } from './result.ts';

/** Most bytes of answers of one kind. Base64 makes them a third longer in files. */
const MOST_BYTES = 2 ** 20;

/** Ways in which a study merges the runs of an arm, rounded up. */
const MERGES = 32;

/** Variants per arm when the first `seeds` seeds are kept. */
const VARIANTS: Readonly<Record<Prediction['of'], (seeds: number) => number>> = {
  backbone: () => 1,
  run: (seeds) => seeds,
  midpoint: pairCount,
  layers: (seeds) => 2 * seeds,
  merge: () => MERGES,
};

/**
 * Whether predictions are kept. What is kept of a seed does not depend on later seeds, so that adding seeds gives the study of all seeds at once.
 * @param images that the study tests
 */
export function keeps(
  { arms, seeds }: Pick<StudyConfig, 'arms' | 'seeds'>,
  images: number,
  { of, seeds: own }: { readonly of: Prediction['of']; readonly seeds: readonly number[] },
): boolean {
  const first = 1 + Math.max(-1, ...own.map((seed) => seeds.indexOf(seed)));
  return of === 'backbone' || arms.length * VARIANTS[of](first) * ANSWER_BYTES * images <= MOST_BYTES;
}

/** Reports predictions on the test images. Nothing is kept of tasks whose classes do not fit. */
export function keepPredictions(
  { config, task, test, emit }: Pick<StudyContext, 'config' | 'task' | 'test' | 'emit'>,
  predictions: readonly Prediction[],
): void {
  if (!fitsAnswers(task)) return;
  const kept = predictions.filter((prediction) => keeps(config, test.count, prediction));
  if (kept.length > 0) emit(found('predictions', kept));
}
