/** Compares Shapley estimators on the coalition values of one adapter, in chunks that keep the page responsive. */
import {
  compareEstimators,
  COMPARED_ESTIMATORS,
  exactValues,
  type EstimatorScore,
} from '../../copra/shapley/compare-estimators.ts';
import { nextTask } from '../../platform/next-task.ts';
import { columnSpreads, type Spread } from './summary.ts';

const ALL_BUDGETS = [64, 128, 256, 512, 1024];
export const COMPARISON_SEEDS = 30;

export interface ComparedEstimator {
  readonly id: EstimatorScore['estimator'];
  readonly name: string;
  /** [budgets], over seeds. */
  readonly error: readonly Spread[];
  readonly spearman: readonly Spread[];
}

export interface Comparison {
  /** Numbers of evaluated coalitions, ascending. */
  readonly budgets: readonly number[];
  readonly seeds: number;
  readonly estimators: readonly ComparedEstimator[];
}

/** Budgets that leave something to estimate: below the number of coalitions. */
export const budgetsFor = (coalitions: number): number[] => ALL_BUDGETS.filter((budget) => budget < coalitions);

/** Whether any layer has an effect. Otherwise all values are zero and relative errors are undefined. */
export function hasValues(valueByMask: ArrayLike<number>): boolean {
  const values = Array.from(valueByMask);
  return values.some((value) => Math.abs(value - values[0]) > 1e-9);
}

/**
 * @param valueByMask [2^players], bit i = player i
 * @param onProgress receives the number of estimates done and the total
 * @returns null when stopped by the signal
 */
export async function compareOn(
  valueByMask: ArrayLike<number>,
  seeds: number,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Comparison | null> {
  const budgets = budgetsFor(valueByMask.length);
  const exact = exactValues(valueByMask);
  const total = budgets.length * COMPARED_ESTIMATORS.length * seeds;
  const scores: EstimatorScore[] = [];
  for (const budget of budgets)
    for (const { id } of COMPARED_ESTIMATORS)
      for (let seed = 0; seed < seeds; seed++) {
        if (signal.aborted) return null;
        scores.push(compareEstimators(valueByMask, id, budget, seed, exact));
        onProgress(scores.length, total);
        await nextTask();
      }
  const estimators = COMPARED_ESTIMATORS.map(({ id, name }) => {
    const own = scores.filter((score) => score.estimator === id);
    // One row per seed, one column per budget.
    const rows = (of: (score: EstimatorScore) => number) =>
      Array.from({ length: seeds }, (_, seed) => budgets.map((_, b) => of(own[b * seeds + seed])));
    return {
      id,
      name,
      error: columnSpreads(rows(({ error }) => error)),
      spearman: columnSpreads(rows((score) => score.spearman)),
    };
  });
  return { budgets, seeds, estimators };
}
