/**
 * The mean of adapters as points of the space of factors in which all splits of one update are one point: a Fréchet mean in a quotient space,
 * after da Silva et al. 2026 (arXiv 2604.27155). The metric is ours, as below; the paper's may be another one.
 *
 * An update is balanced first, B = U√S and A = √SVᵀ, which leaves its factors Z = [B; Aᵀ] free up to a rotation Q. The distance of two updates
 * is the least distance of their factors, d(ΔW₁, ΔW₂) = min over Q of ‖Z₁ − Z₂Q‖; for factors this is the geodesic distance modulo rotations
 * (Massart & Absil 2020). The mean is the Z with the least Σ wₖ d².
 */
import { qr, svd } from '../../core/decompositions.ts';
import { add, columnsOf, inner, multiply, sideBySide, times, transpose, type Matrix } from '../../core/matrix.ts';
import { levelled } from './alignment.ts';
import { balanced, leading, stacked, sumTriplets, unstacked, type PairFactors } from './low-rank.ts';

const MAX_ROUNDS = 100;
/** Rounds end when one moves the mean by less than this share of its length. */
const PRECISION = 1e-7;

/** Orthogonal Procrustes: z·Q as near as possible to the reference. */
function rotated(z: Matrix, reference: Matrix): Matrix {
  const { u, v } = svd(multiply(transpose(z), reference));
  return multiply(z, multiply(u, transpose(v)));
}

function weightedMean(parts: readonly Matrix[], weights: readonly number[]): Matrix {
  const [first, ...others] = parts;
  return others.reduce((sum, part, k) => add(sum, part, weights[k + 1]), times(first, weights[0]));
}

/**
 * Generalised Procrustes (Gower 1975): all factors are rotated onto their mean, and the mean is taken again, until it stays. With weights above
 * 0 no round increases Σ wₖ d². It begins at the best approximation of Σ wₖΔWₖ at the rank of the sources, so it depends neither on their order
 * nor on their splits; a local minimum. Rounds take place in an orthonormal basis of all factors, where a matrix has runs × rank rows or little more.
 */
export function quotientMean(sources: readonly PairFactors[], weights: readonly number[]): PairFactors {
  const rank = sources[0].a.rows;
  const start = levelled(balanced(leading(sumTriplets(sources, weights), rank)), rank);
  const all = [start, ...sources.map((source) => levelled(source, rank))];
  const { q, r } = qr(sideBySide(all.map(stacked)));
  const [first, ...level] = all.map((_, k) => columnsOf(r, k * rank, (k + 1) * rank));
  let mean = first;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const reference = mean;
    mean = weightedMean(
      level.map((z) => rotated(z, reference)),
      weights,
    );
    const moved = add(mean, reference, -1);
    if (inner(moved, moved) <= PRECISION ** 2 * inner(mean, mean)) break;
  }
  return unstacked(multiply(q, mean), sources[0].b.rows);
}
