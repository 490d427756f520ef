/** Every method of a sweep at the value that is best for it: as whoever tunes each method by itself would compare them. */
import { mean, pairedDifference } from '../../core/statistics.ts';
import type { ArmConfig } from '../config/config.ts';
import type { Sweep, SweepSetting, SweepValue } from '../config/sweep.ts';
import { validationOfTested } from './measures/validation.ts';
import type { StudyResult } from './result.ts';
import { runOf } from './run-names.ts';

export interface BestOfMethod {
  readonly method: ArmConfig['method'];
  readonly name: string;
  readonly arm: string;
  /** Null if the method does not read the setting. */
  readonly value: SweepValue | null;
  /** Mean validation accuracy over seeds; null where nothing was chosen. */
  readonly validation: number | null;
  /** Values whose validation accuracy is not clearly lower: the 95 % interval of the difference over seeds holds 0, or there is none. Another study may choose them. */
  readonly rivals: readonly SweepValue[];
  /** Whether it is the lowest or the highest number that was tried, and a better one may lie beyond: the setting goes further. */
  readonly isOutermost: boolean;
  /** Values that were no candidates: a run diverged there, or the adapter that is tested was not validated. */
  readonly diverged: readonly SweepValue[];
  readonly unvalidated: readonly SweepValue[];
}

/** A value that a method was trained with, and what came of it. */
interface Tried {
  readonly id: string;
  readonly value: SweepValue;
  readonly hasDiverged: boolean;
  /** By seed; null where a run was not validated. */
  readonly accuracies: readonly number[] | null;
}

function triedOf({ runs, config }: Pick<StudyResult, 'runs' | 'config'>, id: string, value: SweepValue): Tried {
  const own = config.seeds.flatMap((seed) => runOf(runs, id, seed) ?? []);
  const found = own.map((run) => validationOfTested(config, run));
  const accuracies = found.every((accuracy) => accuracy !== null) ? found : null;
  return { id, value, hasDiverged: own.some(({ diverged }) => diverged !== undefined), accuracies };
}

/** Whether a value is an end of those that were tried, and not of what the setting can be. */
function mayLieBeyond(value: SweepValue, tried: readonly Tried[], { limits }: SweepSetting): boolean {
  const isEnd = (end: Tried | undefined, limit: number | undefined) => value === end?.value && value !== limit;
  return limits !== null && (isEnd(tried.at(0), limits[0]) || isEnd(tried.at(-1), limits[1]));
}

/** Index of the highest mean, of equal ones the first. */
const highest = (lists: readonly (readonly number[])[]): number =>
  lists.reduce((best, list, i) => (mean(list) > mean(lists[best]) ? i : best), 0);

const NOT_CHOSEN = { rivals: [], isOutermost: false, diverged: [], unvalidated: [] } as const;

/**
 * The value of every method with the highest mean validation accuracy of its adapters. Test images take no part in the choice, so that the chosen arms can be
 * compared on them. Values at which a run diverged, or whose tested adapters were not validated, are no candidates.
 * @returns in the order of the methods; null for a single method, before training has ended, where a method has one value, and where no value of a method
 * can be judged
 */
export function bestOfSweep(
  result: Pick<StudyResult, 'runs' | 'config'>,
  { methods, setting }: Sweep,
): readonly BestOfMethod[] | null {
  const { runs, config } = result;
  const isTrained = config.arms.every(({ id }) =>
    config.seeds.every((seed) => {
      const run = runOf(runs, id, seed);
      return run !== undefined && (run.test !== null || run.diverged !== undefined);
    }),
  );
  if (methods.length < 2 || !isTrained) return null;
  const found = methods.flatMap(({ method, name, arms }): BestOfMethod[] => {
    const [first] = arms;
    if (first.value === null) return [{ method, name, arm: first.id, value: null, validation: null, ...NOT_CHOSEN }];
    // Its only value was chosen by nobody.
    if (arms.length === 1) return [];
    const tried = arms.flatMap(({ id, value }) => (value === null ? [] : [triedOf(result, id, value)]));
    const candidates = tried.flatMap(({ hasDiverged, accuracies, ...one }) =>
      hasDiverged || accuracies === null ? [] : [{ ...one, accuracies }],
    );
    if (candidates.length === 0) return [];
    const lists = candidates.map(({ accuracies }) => accuracies);
    const { id, value, accuracies } = candidates[highest(lists)];
    const isLower = (own: readonly number[]): boolean => pairedDifference(accuracies, own).low > 0;
    return [
      {
        method,
        name,
        arm: id,
        value,
        validation: mean(accuracies),
        rivals: candidates.filter((one) => one.id !== id && !isLower(one.accuracies)).map((one) => one.value),
        isOutermost: mayLieBeyond(value, tried, setting),
        diverged: tried.filter(({ hasDiverged }) => hasDiverged).map((one) => one.value),
        unvalidated: tried
          .filter(({ hasDiverged, accuracies }) => !hasDiverged && accuracies === null)
          .map((one) => one.value),
      },
    ];
  });
  return found.length === methods.length ? found : null;
}
