/** Adds a low-rank update to the frozen weights of a backbone, in memory. */
import type { AdapterLayout, LoraPair } from '../core/adapter-layout.ts';
import type { Backbone } from './backbone.ts';
import { withMaps } from './replace-maps.ts';

/** ΔW = scale · B · A */
interface Update {
  readonly layout: AdapterLayout;
  readonly scale: number;
  readonly values: Float32Array;
}

/** W + scale·B·A as a new array; W is [out, in]. */
function sumOf(weight: Float32Array, { layout, scale, values }: Update, pair: LoraPair): Float32Array {
  const { aOffset, bOffset, inFeatures, outFeatures } = pair;
  const sum = new Float32Array(weight.length);
  const row = new Float64Array(inFeatures);
  for (let o = 0; o < outFeatures; o++) {
    row.fill(0);
    for (let k = 0; k < layout.rank; k++) {
      const factor = scale * values[bOffset + o * layout.rank + k];
      const a = aOffset + k * inFeatures;
      for (let i = 0; i < inFeatures; i++) row[i] += factor * values[a + i];
    }
    for (let i = 0; i < inFeatures; i++) sum[o * inFeatures + i] = weight[o * inFeatures + i] + row[i];
  }
  return sum;
}

/**
 * Weights without an update are shared with the original, which is unchanged. A head in the layout is ignored.
 * @throws RangeError when a pair of the layout is not in the backbone
 */
export const addUpdate = <B extends Backbone>(backbone: B, update: Update): B =>
  withMaps(backbone, update.layout.pairs, (pair, weight) => sumOf(weight, update, pair));
