/** How far sampled estimates are from exact Shapley values, on a game whose coalition values are all known. */
import { mean } from '../../core/statistics.ts';
import { planWithin } from './estimators.ts';
import { plainPermutationPlanWithin } from './permutation.ts';
import { exactPlan, type ShapleyPlan } from './plan.ts';
import { shapleyOfTable } from './values.ts';

/** `permutation` draws every order with its reverse; `plain-permutation`, which studies do not offer, draws orders alone. */
export type ComparedEstimator = 'plain-permutation' | 'permutation' | 'owen' | 'kernel' | 'odd';

export const COMPARED_ESTIMATORS: readonly { readonly id: ComparedEstimator; readonly name: string }[] = [
  { id: 'plain-permutation', name: 'permutation' },
  { id: 'permutation', name: 'permutation, antithetic' },
  { id: 'owen', name: 'Owen (multilinear)' },
  { id: 'kernel', name: 'KernelSHAP, paired' },
  { id: 'odd', name: 'paired + odd order 3' },
];

/** How near an estimator comes to the exact values with so many coalitions. */
export interface EstimatorScore {
  readonly estimator: ComparedEstimator;
  /** Coalitions allowed, and coalitions used. */
  readonly budget: number;
  readonly used: number;
  /** Mean squared error over the mean square of the exact values. */
  readonly error: number;
  /** Spearman rank correlation with the exact values. */
  readonly spearman: number;
}

const planOf = (estimator: ComparedEstimator, players: number, budget: number, seed: number): ShapleyPlan =>
  estimator === 'plain-permutation'
    ? plainPermutationPlanWithin(players, budget, seed)
    : planWithin(estimator, players, budget, seed);

/** Ranks from 0; equal values share their mean rank. */
function ranks(values: ArrayLike<number>): Float64Array {
  const list = Array.from(values);
  return Float64Array.from(list, (value) => {
    const below = list.filter((other) => other < value).length;
    const equal = list.filter((other) => other === value).length;
    return below + (equal - 1) / 2;
  });
}

/** Pearson's correlation of the ranks; NaN where all values of one side are equal. */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [ranks(a), ranks(b)];
  const [meanX, meanY] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  x.forEach((value, i) => {
    xy += (value - meanX) * (y[i] - meanY);
    xx += (value - meanX) ** 2;
    yy += (y[i] - meanY) ** 2;
  });
  return xy / Math.sqrt(xx * yy);
}

const exactPlans = new Map<number, ShapleyPlan>();

/** The exact values of a game by bit mask, [2^players] → [players]. @throws RangeError when its length is no power of two. */
export function exactValues(valueByMask: ArrayLike<number>): Float64Array {
  const players = Math.log2(valueByMask.length);
  const plan = exactPlans.get(players) ?? exactPlan(players);
  exactPlans.set(players, plan);
  return shapleyOfTable(plan, valueByMask);
}

/**
 * One estimate of one draw, and how far it is from the exact values.
 * @param valueByMask [2^players], bit i = player i @param budget number of coalitions
 */
export function compareEstimators(
  valueByMask: ArrayLike<number>,
  estimator: ComparedEstimator,
  budget: number,
  seed: number,
  exact: ArrayLike<number> = exactValues(valueByMask),
): EstimatorScore {
  const plan = planOf(estimator, exact.length, budget, seed);
  const phi = shapleyOfTable(plan, valueByMask);
  const square = mean(Float64Array.from(exact, (value) => value ** 2));
  return {
    estimator,
    budget,
    used: plan.coalitions.length,
    error: mean(phi.map((value, i) => (value - exact[i]) ** 2)) / square,
    spearman: spearman(phi, exact),
  };
}
