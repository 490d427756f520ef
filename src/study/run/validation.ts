/** When runs are validated. */
import type { StudyConfig } from '../config/config.ts';

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
