/** Shapley values: which coalitions of layers to test, and the values that follow from the tests. */
export { ESTIMATORS, type EstimatorId } from '../../../src/copra/shapley/estimator-ids.ts';
export { exactPlan, type ShapleyPlan } from '../../../src/copra/shapley/plan.ts';
export { permutationPlan } from '../../../src/copra/shapley/permutation.ts';
export { owenPlan } from '../../../src/copra/shapley/owen.ts';
export { kernelPlan, oddPlan } from '../../../src/copra/shapley/regression.ts';
export { planWithin } from '../../../src/copra/shapley/estimators.ts';
export { gatesOfMask, maskOfGates } from '../../../src/copra/shapley/coalitions.ts';
export { efficiencyResidual, shapleyOfTable, shapleyValues } from '../../../src/copra/shapley/values.ts';
export { giniConcentration, topThirdShare } from '../../../src/copra/shapley/concentration.ts';
