/**
 * ‖ΔW‖_F of every pair, exactly. For LoRA, ΔW is not formed: ‖BA‖² is an inner product (geometry/inner-products.ts). For DoRA, ΔW is the adapted weight minus W
 * and requires W itself: the norm of s·B·A would leave out the magnitudes and count the part that normalisation removes.
 */
import { pairInner } from '../geometry/inner-products.ts';
import { pairChangeNorm } from '../dora.ts';
import type { AdapterLayout, LoraPair } from '../../core/adapter-layout.ts';

/** ‖scale · B · A‖_F of one pair. */
export function pairUpdateNorm(layout: AdapterLayout, adapter: Float32Array, scale: number, pair: LoraPair): number {
  const square = Math.max(0, pairInner(layout, pair, adapter, adapter)); // rounding can leave a tiny negative one
  return Math.abs(scale) * Math.sqrt(square);
}

/**
 * Norm of the update of every layer over all its projections, [players].
 * @param weightOf the frozen weight of a pair, [out, in]; requested only for layouts with magnitudes
 */
export function layerUpdateNorms(
  layout: AdapterLayout,
  adapter: Float32Array,
  scale: number,
  weightOf: (pair: LoraPair) => Float32Array,
): Float64Array {
  const normOf = (pair: LoraPair): number =>
    layout.dora
      ? pairChangeNorm(layout, adapter, scale, pair, weightOf(pair))
      : pairUpdateNorm(layout, adapter, scale, pair);
  const squares = new Float64Array(layout.players.length);
  layout.pairs.forEach((pair, index) => {
    squares[layout.playerOfPair[index]] += normOf(pair) ** 2;
  });
  return squares.map(Math.sqrt);
}
