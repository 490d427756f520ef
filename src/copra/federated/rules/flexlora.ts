import type { Matrix } from '../../../core/matrix.ts';
import { bestOfRank, factorsOf, writeFactors } from '../../merging/low-rank.ts';
import type { FederatedRule } from '../rule.ts';
import { fedit } from './fedit.ts';

/** The first rows of A from the decomposition, the others unchanged: B is zero there, so they do not change the update but can still learn. */
function filled(found: Matrix, before: Matrix): Matrix {
  const data = before.data.slice();
  data.set(found.data);
  return { ...before, data };
}

/**
 * The best rank-r approximation of Σ pₖBₖAₖ, by a singular value decomposition (Bai et al. 2024, arXiv 2402.11505), in balanced factors B =
 * U√S, A = √SVᵀ. If the sum has a lower rank (a layer that no client has trained yet has rank 0), A keeps its other rows.
 */
export const flexlora: FederatedRule = {
  aggregate(round) {
    const { layout, clients, weights, start } = round;
    const { adapter } = fedit.aggregate(round); // the head is averaged
    for (const pair of layout.pairs) {
      const sources = clients.map((client) => factorsOf(layout, client, pair));
      const { a, b } = bestOfRank(sources, weights, layout.rank);
      adapter.fill(0, pair.bOffset, pair.bOffset + pair.outFeatures * layout.rank);
      writeFactors(layout, adapter, pair, { a: filled(a, factorsOf(layout, start, pair).a), b });
    }
    return { adapter, residual: null };
  },
  traffic: ({ size }) => ({ down: size, up: size }),
};
