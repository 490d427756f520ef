/** How far the matrix P that aligns two adapters is from a rotation. */
import { inverse, qr, svd } from '../../core/decompositions.ts';
import { multiply, transpose } from '../../core/matrix.ts';
import { alignInvertible } from '../merging/alignment.ts';
import type { PairFactors } from '../merging/low-rank.ts';

/**
 * The condition number of P, its largest over its smallest singular value, where B·P and P⁻¹·A lie nearest to the factors of the reference
 * (merging/alignment.ts). 1 is a rotation; a large number means that P stretches some directions at the cost of others, until it all but
 * inverts an adapter. Null where B has not its full rank and P is not determined.
 */
export function alignmentCondition(reference: PairFactors, source: PairFactors): number | null {
  const [, aligned] = alignInvertible([reference, source]);
  // B·P is known, so P = R⁻¹ Qᵀ (B·P) with B = Q R.
  const { q, r } = qr(source.b);
  if (r.rows < r.columns) return null;
  const back = inverse(r, 1e-6);
  if (!back) return null;
  const { s } = svd(multiply(back, multiply(transpose(q), aligned.b)));
  const smallest = s[s.length - 1];
  return smallest > 0 ? s[0] / smallest : null;
}
