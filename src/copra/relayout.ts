/**
 * The same adapted projections at another rank. Some results of merging and pruning have a higher rank than their sources; at that rank
 * they are ordinary adapters, which the engine evaluates unchanged.
 */
import { layoutOfPairs, type AdapterLayout, type LoraPair } from '../core/adapter-layout.ts';
import { hasLowRankUpdates } from './adapter-kinds.ts';

/**
 * The layout with every pair at `rank`; pairs, players and head keep their order.
 * @throws RangeError for a layout with magnitudes, whose updates can have full rank.
 */
export function layoutWithRank(layout: AdapterLayout, rank: number): AdapterLayout {
  if (!hasLowRankUpdates(layout))
    throw new RangeError('The updates of a DoRA adapter are of full rank: sums of them are no adapter.');
  return layoutOfPairs(layout.pairs, rank, layout.head);
}

/** Weight and bias of the head as one view of the flat vector; empty without a head. */
export function headOf(layout: AdapterLayout, adapter: Float32Array): Float32Array {
  return adapter.subarray(layout.head ? layout.head.weightOffset : layout.size, layout.size);
}

/** B·A of one pair, [out, in], row-major, without the scale. */
export function pairProduct(layout: AdapterLayout, adapter: Float32Array, pair: LoraPair): Float32Array {
  const { aOffset, bOffset, inFeatures, outFeatures } = pair;
  const product = new Float32Array(outFeatures * inFeatures);
  const row = new Float64Array(inFeatures);
  for (let o = 0; o < outFeatures; o++) {
    row.fill(0);
    for (let k = 0; k < layout.rank; k++) {
      const b = adapter[bOffset + o * layout.rank + k];
      const a = aOffset + k * inFeatures;
      for (let i = 0; i < inFeatures; i++) row[i] += b * adapter[a + i];
    }
    product.set(row, o * inFeatures);
  }
  return product;
}

/**
 * Writes an update into a pair of a layout of sufficient rank. One factor is the identity; the update is B, or A if in > out.
 * @param adapter zero where the pair lies; @param update [out, in], without the scale
 */
export function writeUpdate(
  { rank }: AdapterLayout,
  adapter: Float32Array,
  { aOffset, bOffset, inFeatures, outFeatures }: LoraPair,
  update: Float32Array,
): void {
  if (inFeatures <= outFeatures) {
    for (let i = 0; i < inFeatures; i++) adapter[aOffset + i * inFeatures + i] = 1;
    for (let o = 0; o < outFeatures; o++)
      adapter.set(update.subarray(o * inFeatures, (o + 1) * inFeatures), bOffset + o * rank);
  } else {
    for (let o = 0; o < outFeatures; o++) adapter[bOffset + o * rank + o] = 1;
    adapter.set(update, aOffset);
  }
}
