/** Merges that change the singular values or vectors of the updates, so that no direction dominates. */
import { svd } from '../../core/decompositions.ts';
import { multiply, scaleColumns, sideBySide, transpose, type Matrix } from '../../core/matrix.ts';
import { mean } from '../../core/statistics.ts';
import { balanced, leading, rankOf, sumTriplets, type PairFactors } from './low-rank.ts';

/**
 * Iso-C (Marczak et al. 2025, arXiv 2502.04959): the singular values of Σ wₖDₖ are all replaced by their mean. The paper averages over
 * every singular value of a full-rank ΔW; for a low-rank sum we average over the non-zero ones only, because otherwise nearly all of the
 * update would be spread over directions that no adapter learned.
 */
export function isotropic(sources: readonly PairFactors[], weights: readonly number[]): PairFactors {
  const { u, s, v } = sumTriplets(sources, weights);
  return balanced({ u, s: s.map(() => mean(s)), v });
}

/** The nearest matrix with orthonormal columns, P Qᵀ of m = P Σ Qᵀ; directions that m lacks stay 0, as any choice would be arbitrary. */
function nearestOrthogonal(m: Matrix): Matrix {
  const { u, s, v } = svd(m);
  const kept = leading({ u, s, v }, rankOf(s));
  return multiply(kept.u, transpose(kept.v));
}

/**
 * TSV-M (Gargiulo et al. 2025, arXiv 2412.00081): the leading singular triplets of every update side by side, with U and V replaced by their
 * nearest orthogonal matrices, which removes the interference between tasks. As in the paper every source keeps min(out, in)/K triplets,
 * which for LoRA is usually all of them. Weights multiply the singular values; the paper's are 1.
 */
export function singularVectors(sources: readonly PairFactors[], weights: readonly number[]): PairFactors {
  const kept = Math.max(1, Math.floor(Math.min(sources[0].b.rows, sources[0].a.columns) / sources.length));
  const parts = sources.map((source) => leading(sumTriplets([source], [1]), kept));
  const s = parts.flatMap((part, k) => [...part.s].map((value) => weights[k] * value));
  const u = nearestOrthogonal(sideBySide(parts.map((part) => part.u)));
  const v = nearestOrthogonal(sideBySide(parts.map((part) => part.v)));
  return { b: scaleColumns(u, s), a: transpose(v) };
}
