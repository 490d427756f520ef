/**
 * Inner products of adapters as vectors: of their factors, and of their updates. No ΔW is formed. Classifiers (heads) are excluded from
 * both.
 */
import type { AdapterLayout, LoraPair } from '../../core/adapter-layout.ts';
import { hasLowRankUpdates } from '../adapter-kinds.ts';

function checkSizes({ size }: AdapterLayout, first: Float32Array, second: Float32Array): void {
  if (first.length !== size || second.length !== size)
    throw new RangeError(`The layout holds ${size} numbers, the adapters have ${first.length} and ${second.length}.`);
}

/**
 * Σ ⟨A₁, A₂⟩ + ⟨B₁, B₂⟩ over all pairs, accumulated in float64; for DoRA plus ⟨δ₁, δ₂⟩, the magnitude changes.
 * @throws RangeError when an adapter does not fit the layout.
 */
export function factorInner(layout: AdapterLayout, first: Float32Array, second: Float32Array): number {
  checkSizes(layout, first, second);
  const end = layout.head ? layout.head.weightOffset : layout.size;
  let sum = 0;
  for (let i = 0; i < end; i++) sum += first[i] * second[i];
  return sum;
}

/** ⟨B₁A₁, B₂A₂⟩ of one pair = sum((B₁ᵀB₂) ∘ (A₁A₂ᵀ)), from matrices of rank × rank. */
export function pairInner(
  { rank }: Pick<AdapterLayout, 'rank'>,
  { aOffset, bOffset, inFeatures, outFeatures }: LoraPair,
  first: Float32Array,
  second: Float32Array,
): number {
  let sum = 0;
  for (let i = 0; i < rank; i++)
    for (let j = 0; j < rank; j++) {
      let ofB = 0; // (B₁ᵀB₂)ᵢⱼ, B [out, rank]
      for (let o = 0; o < outFeatures; o++) ofB += first[bOffset + o * rank + i] * second[bOffset + o * rank + j];
      if (ofB === 0) continue;
      let ofA = 0; // (A₁A₂ᵀ)ᵢⱼ, A [rank, in]
      const [rowI, rowJ] = [aOffset + i * inFeatures, aOffset + j * inFeatures];
      for (let k = 0; k < inFeatures; k++) ofA += first[rowI + k] * second[rowJ + k];
      sum += ofB * ofA;
    }
  return sum;
}

/**
 * Σ ⟨s B₁A₁, s B₂A₂⟩ over all pairs.
 * @param scale s of both adapters (align.ts brings adapters to a common scale)
 * @throws RangeError when an adapter does not fit the layout, or the layout has magnitudes: updates then depend on the frozen weights.
 */
export function updateInner(layout: AdapterLayout, scale: number, first: Float32Array, second: Float32Array): number {
  checkSizes(layout, first, second);
  if (!hasLowRankUpdates(layout))
    throw new RangeError('The updates of DoRA adapters are not of low rank: their products take the weights.');
  return scale * scale * layout.pairs.reduce((sum, pair) => sum + pairInner(layout, pair, first, second), 0);
}
