/** ‖ΔW‖_F of every pair, exactly and without forming ΔW: ‖BA‖² = Σᵢⱼ (BᵀB)ᵢⱼ (AAᵀ)ᵢⱼ, two Gram matrices of the rank. */
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

/** Norm of the update of every layer over all its projections, [players]. */
export function layerUpdateNorms(layout: AdapterLayout, adapter: Float32Array, scale: number): Float64Array {
  const squares = new Float64Array(layout.players.length);
  layout.pairs.forEach((pair, index) => {
    squares[layout.playerOfPair[index]] += pairUpdateNorm(layout, adapter, scale, pair) ** 2;
  });
  return squares.map(Math.sqrt);
}
