import type { FederatedRule } from '../rule.ts';
import { fedit } from './fedit.ts';

/**
 * With one A for all, Σ pₖ(BₖA) = (Σ pₖBₖ)A: averaging the factors is exact (Sun et al. 2024, arXiv 2403.12313). A is drawn from a seed
 * known to all clients and is never sent.
 */
export const ffaLora: FederatedRule = {
  aggregate(round) {
    const { adapter } = fedit.aggregate(round);
    const { pairs, rank } = round.layout;
    // Σ pₖA differs from A by rounding.
    for (const { aOffset, inFeatures } of pairs)
      adapter.set(round.start.subarray(aOffset, aOffset + rank * inFeatures), aOffset);
    return { adapter, residual: null };
  },
  traffic({ size, pairs, rank }) {
    const sent = size - pairs.reduce((sum, { inFeatures }) => sum + rank * inFeatures, 0);
    return { down: sent, up: sent };
  },
};
