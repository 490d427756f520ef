/**
 * Between the backbone and a trained run by weight interpolation (WiSE-FT, Wortsman et al. 2022, arXiv 2109.01903): W + s · ΔW, from the backbone (s = 0) to
 * the run (s = 1).
 */
import type { AdapterLayout } from '../core/adapter-layout.ts';
import { lerp } from '../core/flat.ts';
import { headOf } from './relayout.ts';
import { stackAdapters } from './stacking.ts';

/**
 * An adapter of the same layout with s · ΔW in every map, exactly: B is scaled. Its head lies on the line from that of the backbone.
 * @param frozenHead the classifier of the backbone alone, weights and biases as in an adapter; null where adapters have no head
 * @throws RangeError when the adapter does not fit the layout, or has a head and there is none of the backbone
 */
export function scaledUpdate(
  layout: AdapterLayout,
  adapter: Float32Array,
  s: number,
  frozenHead: Float32Array | null,
): Float32Array {
  const scaled = stackAdapters(layout, [adapter], [s]);
  if (!layout.head) return scaled;
  if (!frozenHead) throw new RangeError('A head is scaled towards that of the backbone, which is missing.');
  scaled.set(lerp(frozenHead, headOf(layout, adapter), s), layout.head.weightOffset);
  return scaled;
}
