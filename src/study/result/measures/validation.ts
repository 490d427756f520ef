/** Validation accuracy of runs between the steps at which they were validated. Known of every result with curves. */
import type { SeedValue } from '../../../core/crossed-interval.ts';
import type { RunResult, StudyResult } from '../result.ts';

/** Validation accuracy of the adapter that is tested; null where it was not validated after the step from which it is. */
export function validationOfTested({ validation, steps, takenAt }: RunResult): number | null {
  const tested = takenAt ?? steps;
  return validation.find(({ step }) => step === tested)?.accuracy ?? null;
}

/** Of an accuracy, as an image that is answered differently changes it. */
const SENSITIVITY = 0.5;

/**
 * One value per seed, on the straight line between the nearest two validations. Intervals of it are over seeds: answers to single validation images are not kept.
 * @param step not always whole; runs that were not validated before or not after it have no value
 */
export const validationAccuracies = ({ runs }: Pick<StudyResult, 'runs'>, arm: string, step: number): SeedValue[] =>
  runs.flatMap(({ arm: own, seed, validation }) => {
    if (own !== arm) return [];
    const above = validation.findIndex((point) => point.step >= step - 1e-9);
    if (above < 0) return [];
    const upper = validation[above];
    if (Math.abs(upper.step - step) < 1e-9) return [{ seeds: [seed], value: upper.accuracy, sensitivity: SENSITIVITY }];
    if (above === 0) return [];
    const lower = validation[above - 1];
    const weight = (step - lower.step) / (upper.step - lower.step);
    const value = (1 - weight) * lower.accuracy + weight * upper.accuracy;
    return [{ seeds: [seed], value, sensitivity: ((1 - weight) ** 2 + weight ** 2) * SENSITIVITY }];
  });
