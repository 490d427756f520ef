/** Reading of a comparison of Shapley estimators on one adapter. */
import { fixed } from '../../../core/number-format.ts';
import { SHAPLEY_FIGURE_WORDS } from './further/messages.ts';

interface EstimatorErrors {
  readonly id: string;
  readonly name: string;
  /** Squared error, one per budget. */
  readonly error: readonly { readonly mean: number }[];
}

interface ComparedEstimators {
  /** Coalitions. */
  readonly budgets: readonly number[];
  readonly estimators: readonly EstimatorErrors[];
  readonly seeds: number;
}

/** Squared errors below this are rounding. */
const EXACT = 1e-12;

/** The estimator with the smallest error at the budget next to 256, against sampled orders. */
export function estimatorReading({ budgets, estimators, seeds }: ComparedEstimators): string {
  const at = budgets.reduce(
    (best, budget, b) => (Math.abs(budget - 256) < Math.abs(budgets[best] - 256) ? b : best),
    0,
  );
  const ranked = estimators.toSorted((a, b) => a.error[at].mean - b.error[at].mean);
  const orders = estimators.find(({ id }) => id === 'plain-permutation');
  const exact = ranked.filter(({ error }) => error[at].mean < EXACT).map(({ name }) => name);
  if (exact.length > 0) return SHAPLEY_FIGURE_WORDS.comparison.caption.exact(budgets[at], exact, seeds);
  const [best] = ranked;
  if (!orders || best === orders) return SHAPLEY_FIGURE_WORDS.comparison.caption.random(budgets[at], seeds);
  const times = orders.error[at].mean / best.error[at].mean;
  return SHAPLEY_FIGURE_WORDS.comparison.caption.best(budgets[at], best.name, fixed(times, 1), seeds);
}
