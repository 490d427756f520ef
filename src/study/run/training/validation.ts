/** When runs are validated. */
import type { Task } from '../../../data/task.ts';
import type { StudyConfig } from '../../config/config.ts';

/** Images of a validation point: enough for a curve, cheap enough to draw many. */
export const VALIDATION_IMAGES = 256;

/** A curve with fewer points shows no trend. */
const LEAST_POINTS = 6;

/** Steps between two validations: as set, but at most a sixth of all steps. */
export const validationInterval = ({
  steps,
  validateEvery,
}: Pick<StudyConfig['training'], 'steps' | 'validateEvery'>): number =>
  Math.min(validateEvery, Math.max(1, Math.floor(steps / LEAST_POINTS)));

/** Validations of the first `steps` steps of a training: at its interval, and at its end. */
export const validationCount = (
  training: Pick<StudyConfig['training'], 'steps' | 'validateEvery'>,
  steps = training.steps,
): number => {
  const times = steps / validationInterval(training);
  return steps < training.steps ? Math.floor(times) : Math.ceil(times);
};

/** Image passes of the validations of the first `steps` training steps of `runs` runs, which no phase of its own counts. */
export const validationPasses = (
  { training }: Pick<StudyConfig, 'training'>,
  { validation }: { readonly validation: Pick<Task['validation'], 'count'> },
  runs: number,
  steps: number,
): number => runs * validationCount(training, steps) * Math.min(validation.count, VALIDATION_IMAGES);
