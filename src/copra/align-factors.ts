/** Aligns the factors of whole adapters pair by pair (merging/alignment.ts). The vectors change, the updates do not. */
import type { AdapterLayout } from '../core/adapter-layout.ts';
import { alignFactors } from './merging/alignment.ts';
import { factorsOf, writeFactors } from './merging/low-rank.ts';
import type { Alignment } from './merging/method-ids.ts';

/** @param adapters vectors of one layout. Heads are unchanged; without an alignment, so are the factors. */
export function alignAdapterFactors(
  layout: AdapterLayout,
  adapters: readonly Float32Array[],
  alignment: Alignment,
): readonly Float32Array[] {
  if (alignment === 'none') return adapters;
  const result = adapters.map((adapter) => adapter.slice());
  for (const pair of layout.pairs) {
    const factors = adapters.map((adapter) => factorsOf(layout, adapter, pair));
    alignFactors(factors, alignment).forEach((own, k) => writeFactors(layout, result[k], pair, own));
  }
  return result;
}
