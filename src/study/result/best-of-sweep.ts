/** Every method of a sweep at the value that is best for it: as whoever tunes each method by itself would compare them. */
import { mean } from '../../core/statistics.ts';
import type { ArmConfig } from '../config/config.ts';
import type { Sweep, SweepValue } from '../config/sweep.ts';
import { validationOfTested } from './measures/validation.ts';
import type { StudyResult } from './result.ts';

export interface BestOfMethod {
  readonly method: ArmConfig['method'];
  readonly name: string;
  readonly arm: string;
  /** Null if the method does not read the setting. */
  readonly value: SweepValue | null;
  /** Mean validation accuracy over seeds; null where nothing was chosen. */
  readonly validation: number | null;
  /** Values that would have been chosen had one of the seeds been left out; empty where the choice stays. */
  readonly rivals: readonly SweepValue[];
  /** Whether it is the lowest or the highest number that was tried, so that a better one may lie beyond. */
  readonly isOutermost: boolean;
}

/** By seed; null where a run is missing, has diverged, or was not validated. */
function validationsOf({ runs, config }: Pick<StudyResult, 'runs' | 'config'>, arm: string): number[] | null {
  const found = config.seeds.map((seed) => {
    const run = runs.find((one) => one.arm === arm && one.seed === seed);
    return run && run.diverged === undefined ? validationOfTested(run) : null;
  });
  return found.every((accuracy) => accuracy !== null) ? found : null;
}

/** Index of the highest mean, of equal ones the first. */
const highest = (lists: readonly (readonly number[])[]): number =>
  lists.reduce((best, list, i) => (mean(list) > mean(lists[best]) ? i : best), 0);

/**
 * The value of every method with the highest mean validation accuracy of its adapters. Test images take no part in the choice, so that the chosen arms can be
 * compared on them. Values at which a run diverged are no candidates.
 * @returns in the order of the methods; null for a single method, before training has ended, where a method has one value, and where no value of a method
 * can be judged
 */
export function bestOfSweep(
  result: Pick<StudyResult, 'runs' | 'config'>,
  { methods }: Sweep,
): readonly BestOfMethod[] | null {
  const { runs, config } = result;
  const isTrained = config.arms.every(({ id }) =>
    config.seeds.every((seed) =>
      runs.some((run) => run.arm === id && run.seed === seed && (run.test !== null || run.diverged !== undefined)),
    ),
  );
  if (methods.length < 2 || !isTrained) return null;
  const found = methods.flatMap(({ method, name, arms }): BestOfMethod[] => {
    const [first] = arms;
    if (first.value === null)
      return [{ method, name, arm: first.id, value: null, validation: null, rivals: [], isOutermost: false }];
    // Its only value was chosen by nobody.
    if (arms.length === 1) return [];
    const candidates = arms.flatMap(({ id, value }) => {
      const accuracies = validationsOf(result, id);
      return accuracies && value !== null ? [{ id, value, accuracies }] : [];
    });
    if (candidates.length === 0) return [];
    const lists = candidates.map(({ accuracies }) => accuracies);
    const { id, value, accuracies } = candidates[highest(lists)];
    const without =
      config.seeds.length < 2
        ? []
        : config.seeds.map((_, seed) => candidates[highest(lists.map((list) => list.toSpliced(seed, 1)))].value);
    return [
      {
        method,
        name,
        arm: id,
        value,
        validation: mean(accuracies),
        rivals: [...new Set(without)].filter((other) => other !== value),
        isOutermost: typeof value === 'number' && (value === first.value || value === arms[arms.length - 1].value),
      },
    ];
  });
  return found.length === methods.length ? found : null;
}
