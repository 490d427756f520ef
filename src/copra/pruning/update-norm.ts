/**
 * ‖ΔW‖_F of every pair, exactly. For LoRA, ΔW is not formed: ‖BA‖² = Σᵢⱼ (BᵀB)ᵢⱼ (AAᵀ)ᵢⱼ, two Gram matrices of the rank. For DoRA, ΔW is
 * the adapted weight minus W and requires W itself: the norm of s·B·A would leave out the magnitudes and count the part that normalisation
 * removes.
 */
import { pairChangeNorm } from '../dora.ts';
import type { AdapterLayout, LoraPair } from '../../core/adapter-layout.ts';

/** ‖scale · B · A‖_F of one pair. */
export function pairUpdateNorm(layout: AdapterLayout, adapter: Float32Array, scale: number, pair: LoraPair): number {
  const { rank } = layout;
  let sum = 0;
  for (let i = 0; i < rank; i++) {
    for (let j = 0; j < rank; j++) {
      let gramA = 0; // (AAᵀ)ᵢⱼ
      for (let k = 0; k < pair.inFeatures; k++) {
        const column = pair.aOffset + k;
        gramA += adapter[column + i * pair.inFeatures] * adapter[column + j * pair.inFeatures];
      }
      let gramB = 0; // (BᵀB)ᵢⱼ
      for (let k = 0; k < pair.outFeatures; k++) {
        const row = pair.bOffset + k * rank;
        gramB += adapter[row + i] * adapter[row + j];
      }
      sum += gramA * gramB;
    }
  }
  return Math.abs(scale) * Math.sqrt(Math.max(0, sum)); // rounding can leave a tiny negative sum
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
