/** The estimators by name, within a budget of evaluated coalitions. */
import { owenPlan } from './owen.ts';
import { permutationPlanWithin } from './permutation.ts';
import type { EstimatorId } from './estimator-ids.ts';
import { exactPlan, type ShapleyPlan } from './plan.ts';
import { kernelPlan, oddPlan } from './regression.ts';

const PLANS: Record<EstimatorId, (players: number, evaluations: number, seed: number) => ShapleyPlan> = {
  exact: exactPlan,
  permutation: permutationPlanWithin,
  owen: owenPlan,
  kernel: kernelPlan,
  odd: oddPlan,
};

/**
 * @param evaluations maximum number of coalitions to evaluate, including the empty and the full one; every estimator uses at least its own
 *   minimum, and `exact` always evaluates all
 */
export const planWithin = (estimator: EstimatorId, players: number, evaluations: number, seed: number): ShapleyPlan =>
  PLANS[estimator](players, evaluations, seed);
