/** Names of the ways to estimate Shapley values, as settings, results and links have them. */
export const ESTIMATORS = ['exact', 'permutation', 'owen', 'kernel', 'odd'] as const;
export type EstimatorId = (typeof ESTIMATORS)[number];
