import { headOf } from '../../relayout.ts';
import { stackAdapters, stackedLayout } from '../../stacking.ts';
import { sumSize, type FederatedRule } from '../rule.ts';
import { fedit } from './fedit.ts';

/**
 * Σ pₖBₖAₖ = [p₁B₁ … p_KB_K]·[A₁; …; A_K] is merged into the frozen weights, and the next round begins with a new A and B = 0: exact (Wang
 * et al. 2024, arXiv 2409.05976, FLoRA). A trained head is averaged and kept.
 */
export const stacking: FederatedRule = {
  aggregate(round) {
    const { layout, clients, weights, fresh } = round;
    const adapter = fresh();
    headOf(layout, adapter).set(headOf(layout, fedit.aggregate(round).adapter));
    const values = stackAdapters(layout, clients, weights);
    return { adapter, residual: { layout: stackedLayout(layout, clients.length), values } };
  },
  traffic(layout, clients) {
    const head = headOf(layout, new Float32Array(layout.size)).length;
    return { down: head + sumSize(layout, clients), up: layout.size };
  },
};
