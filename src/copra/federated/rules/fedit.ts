import { weightedSum } from '../../../core/flat.ts';
import type { FederatedRule } from '../rule.ts';

/** A = Σ pₖAₖ, B = Σ pₖBₖ (Zhang et al. 2024, arXiv 2305.05644: FedAvg on the factors). */
export const fedit: FederatedRule = {
  aggregate: ({ clients, weights }) => ({ adapter: weightedSum(clients, weights), residual: null }),
  traffic: ({ size }) => ({ down: size, up: size }),
};
