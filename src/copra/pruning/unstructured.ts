/**
 * Unstructured pruning: the entries of smallest magnitude are set to 0. A head is never pruned. Three scopes, since the paper does not say
 * which it uses:
 * `factors` ranks the entries of all A and B together; as B starts at 0 and A does not, it removes mostly entries of B first.
 * `tensors` ranks within every A and every B on its own, so that each keeps the same share (PEFT's magnitude_prune).
 * `update` ranks the entries of ΔW over all pairs, which is no longer of low rank afterwards.
 * DoRA's magnitudes are never pruned either: none of the scopes covers changes of norms. DoRA's updates are not a sum of rank-one
 * terms, so `update` rejects such layouts.
 */
import { factorRanges, type AdapterLayout } from '../../core/adapter-layout.ts';
import { headOf, layoutWithRank, pairProduct, writeUpdate } from '../relayout.ts';
import { zeroSmallest } from './magnitude.ts';

/** @throws RangeError outside [0, 1]. */
function checkSparsity(sparsity: number): void {
  if (!(sparsity >= 0 && sparsity <= 1)) throw new RangeError(`Sparsity must lie between 0 and 1, got ${sparsity}.`);
}

/** Entries to remove: sparsity · total, to the nearest integer. @throws RangeError outside [0, 1]. */
function entriesToRemove(sparsity: number, total: number): number {
  checkSparsity(sparsity);
  return Math.round(sparsity * total);
}

/** Prunes the entries of A and B. Sparsity 0 returns an equal copy. @returns a vector of the same layout */
export function pruneFactors(layout: AdapterLayout, adapter: Float32Array, sparsity: number): Float32Array {
  const factors = factorRanges(layout);
  const all = new Float32Array(factors.reduce((sum, { from, to }) => sum + to - from, 0));
  let offset = 0;
  for (const { from, to } of factors) {
    all.set(adapter.subarray(from, to), offset);
    offset += to - from;
  }
  const kept = zeroSmallest(all, entriesToRemove(sparsity, all.length));
  const pruned = adapter.slice();
  offset = 0;
  for (const { from, to } of factors) pruned.set(kept.subarray(offset, (offset += to - from)), from);
  return pruned;
}

/**
 * Prunes every A and every B on its own. It keeps ⌊(1 − sparsity) · n⌋ of the n entries of a tensor, as PEFT's magnitude_prune keeps
 * int(density · n). @returns a vector of the same layout; sparsity 0 returns an equal copy
 */
export function pruneTensors(layout: AdapterLayout, adapter: Float32Array, sparsity: number): Float32Array {
  checkSparsity(sparsity);
  const pruned = adapter.slice();
  for (const { from, to } of factorRanges(layout)) {
    const size = to - from;
    // 1 − 0.9 is a little less than 0.1 in floating point, which must not drop an entry.
    const kept = Math.floor((1 - sparsity) * size + 1e-9);
    pruned.set(zeroSmallest(adapter.subarray(from, to), size - kept), from);
  }
  return pruned;
}

/**
 * The layout that holds any ΔW: rank = the largest min(in, out) of a pair. For a wide backbone this is large (768 for
 * ViT-B), for the bundled one 64.
 */
export function denseLayout(layout: AdapterLayout): AdapterLayout {
  return layoutWithRank(layout, Math.max(...layout.pairs.map((pair) => Math.min(pair.inFeatures, pair.outFeatures))));
}

/**
 * Prunes the entries of ΔW. The result is an adapter of `denseLayout(layout)` with one factor the identity: B holds the
 * pruned B·A (A where in > out). It holds B·A WITHOUT the scale, so it must be evaluated with the scale of its source;
 * one scale for all pairs does not change the ranking.
 */
export function pruneUpdate(layout: AdapterLayout, adapter: Float32Array, sparsity: number): Float32Array {
  const products = layout.pairs.map((pair) => pairProduct(layout, adapter, pair));
  const all = new Float32Array(products.reduce((sum, product) => sum + product.length, 0));
  let offset = 0;
  for (const product of products) {
    all.set(product, offset);
    offset += product.length;
  }
  const pruned = zeroSmallest(all, entriesToRemove(sparsity, all.length));
  const dense = denseLayout(layout);
  const result = new Float32Array(dense.size);
  offset = 0;
  for (const pair of dense.pairs) {
    const update = pruned.subarray(offset, (offset += pair.outFeatures * pair.inFeatures)); // [out, in]
    writeUpdate(dense, result, pair, update);
  }
  if (dense.head) result.set(headOf(layout, adapter), dense.head.weightOffset);
  return result;
}

/**
 * Area under a curve by trapezoids, divided by its range: the mean height, in the unit of `y`.
 * @param x increasing; @throws RangeError when the lengths differ or there is no point.
 */
export function areaUnderCurve(x: readonly number[], y: readonly number[]): number {
  if (x.length !== y.length || x.length === 0)
    throw new RangeError(`An area needs one height per position, got ${x.length} and ${y.length}.`);
  const range = x[x.length - 1] - x[0];
  if (range === 0) return y[0];
  let area = 0;
  for (let i = 1; i < x.length; i++) area += ((x[i] - x[i - 1]) * (y[i] + y[i - 1])) / 2;
  return area / range;
}
