/** Exact weighted sums of updates: Σ wₖ Bₖ Aₖ = [w₁B₁ … wₖBₖ] · [A₁; …; Aₖ], an adapter of K times the rank. */
import type { AdapterLayout } from '../core/adapter-layout.ts';
import { weightedSum } from '../core/flat.ts';
import { headOf, layoutWithRank } from './relayout.ts';

/** The layout of a stack of `count` adapters. */
export function stackedLayout(layout: AdapterLayout, count: number): AdapterLayout {
  return layoutWithRank(layout, layout.rank * count);
}

/**
 * Stacks adapters of one layout so that every ΔW is Σ wₖ ΔWₖ exactly. The weights are folded into B; the LoRA scale is applied by the
 * engine, which must be given the scale of the sources (not one recomputed from the higher rank). A head is the weighted sum of the heads.
 * @returns a flat vector of `stackedLayout(layout, adapters.length)`
 * @throws RangeError when the counts of adapters and weights differ or an adapter does not fit the layout.
 */
export function stackAdapters(
  layout: AdapterLayout,
  adapters: readonly Float32Array[],
  weights: readonly number[],
): Float32Array {
  if (adapters.length === 0 || adapters.length !== weights.length)
    throw new RangeError(`Expected one weight per adapter, got ${adapters.length} and ${weights.length}.`);
  for (const adapter of adapters)
    if (adapter.length !== layout.size)
      throw new RangeError(`The layout holds ${layout.size} numbers, an adapter has ${adapter.length}.`);
  const { rank } = layout;
  const target = stackedLayout(layout, adapters.length);
  const stacked = new Float32Array(target.size);
  layout.pairs.forEach((source, index) => {
    const { aOffset, bOffset, inFeatures, outFeatures } = target.pairs[index];
    adapters.forEach((adapter, k) => {
      // A_k [rank, in] becomes rows k·rank … of the stacked A.
      const a = adapter.subarray(source.aOffset, source.aOffset + rank * inFeatures);
      stacked.set(a, aOffset + k * rank * inFeatures);
      // w_k B_k [out, rank] becomes columns k·rank … of the stacked B.
      for (let o = 0; o < outFeatures; o++)
        for (let r = 0; r < rank; r++)
          stacked[bOffset + o * target.rank + k * rank + r] = weights[k] * adapter[source.bOffset + o * rank + r];
    });
  });
  if (target.head) {
    const heads = adapters.map((adapter) => headOf(layout, adapter));
    stacked.set(weightedSum(heads, weights), target.head.weightOffset);
  }
  return stacked;
}
