/** When runs are validated. */
import type { StudyConfig } from '../config/config.ts';

/** A curve of fewer points shows no course. */
const LEAST_POINTS = 6;

/** Steps between two validations: what the settings say, but never more than a sixth of the steps. */
export const validationInterval = ({
  steps,
  validateEvery,
}: Pick<StudyConfig['training'], 'steps' | 'validateEvery'>): number =>
  Math.min(validateEvery, Math.max(1, Math.floor(steps / LEAST_POINTS)));
