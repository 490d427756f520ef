/** How the singular values of an update are spread. */
import { qr, svd } from '../../core/decompositions.ts';
import { multiply, transpose } from '../../core/matrix.ts';
import type { PairFactors } from '../merging/low-rank.ts';

/**
 * Singular values of ΔW = scale · b · a, falling: with b = Q_b R_b and aᵀ = Q_a R_a they are those of R_b R_aᵀ, so nothing larger than
 * rank × rank is decomposed.
 * @returns [rank, or the smaller side of ΔW where that is less]
 */
export function updateSpectrum({ a, b }: PairFactors, scale: number): Float64Array {
  const { s } = svd(multiply(qr(b).r, transpose(qr(transpose(a)).r)));
  return s.map((value) => Math.abs(scale) * value);
}

/** exp(−Σ p ln p) with p = s / Σs (Roy & Vetterli 2007): the number of directions that share the update. 0 for an update of 0. */
export function effectiveRank(s: ArrayLike<number>): number {
  const values = Array.from(s);
  const total = values.reduce((sum, value) => sum + value, 0);
  if (!(total > 0)) return 0;
  const entropy = values.reduce((sum, value) => (value > 0 ? sum - (value / total) * Math.log(value / total) : sum), 0);
  return Math.exp(entropy);
}

/** ‖ΔW‖²_F / ‖ΔW‖²₂ = Σ s² / s₁²: at most the rank, and 1 where one direction has it all. 0 for an update of 0. */
export function stableRank(s: ArrayLike<number>): number {
  const values = Array.from(s);
  const largest = Math.max(0, ...values);
  return largest > 0 ? values.reduce((sum, value) => sum + (value / largest) ** 2, 0) : 0;
}
