/** Model stock (Jang et al. 2024, arXiv 2403.19522): how far a mean of fine-tuned weights should be drawn back to the pretrained ones. */
import { inner, multiply, transpose } from '../../core/matrix.ts';
import { pairsOf } from '../../core/pairs.ts';
import { mean } from '../../core/statistics.ts';
import type { PairFactors } from './low-rank.ts';

/** ⟨B₁A₁, B₂A₂⟩ = Σ (B₁ᵀB₂)∘(A₁A₂ᵀ): no update is formed. */
function updateProduct(first: PairFactors, second: PairFactors): number {
  return inner(multiply(transpose(first.b), second.b), multiply(first.a, transpose(second.a)));
}

/**
 * t = K·c / (1 + (K − 1)·c) with the mean cosine c between the updates, for one pair as the paper does for every weight. Our choices: a
 * negative mean cosine counts as 0, and zero updates are excluded from c. The result is 1 for a single source.
 */
export function stockRatio(sources: readonly PairFactors[]): number {
  const count = sources.length;
  const sized = sources.map((source) => ({ source, norm: Math.sqrt(Math.max(0, updateProduct(source, source))) }));
  const cosines = pairsOf(sized).flatMap(([first, second]) => {
    const length = first.norm * second.norm;
    return length > 0 ? [updateProduct(first.source, second.source) / length] : [];
  });
  if (cosines.length === 0) return 1;
  const cosine = Math.max(0, mean(cosines));
  return (count * cosine) / (1 + (count - 1) * cosine);
}
