/** Validation accuracy of runs between the steps at which they were validated. Known of every result with curves. */
import type { SeedValue } from '../../../core/crossed-interval.ts';
import { completeArm, type ArmConfig, type StudyConfig } from '../../config/config.ts';
import type { RunResult, StudyResult } from '../result.ts';

/**
 * Accuracy of the adapter that is tested among the validations of its run; null where they do not have it: it is a mean, or of a step between two of them.
 * @param takenAt steps after which the run had it; absent: all
 */
export function validatedWhileTraining(
  arm: ArmConfig,
  { validation, steps, takenAt = steps }: Pick<RunResult, 'validation' | 'steps' | 'takenAt'>,
): number | null {
  if (completeArm(arm).take === 'average') return null;
  return validation.find(({ step }) => step === takenAt)?.accuracy ?? null;
}

/** Validation accuracy of the adapter that is tested; null where that adapter was not validated, as in results from before means were. */
export function validationOfTested({ arms }: Pick<StudyConfig, 'arms'>, run: RunResult): number | null {
  if (run.testedValidation !== undefined) return run.testedValidation;
  const arm = arms.find(({ id }) => id === run.arm);
  return arm ? validatedWhileTraining(arm, run) : null;
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
