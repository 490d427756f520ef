/** Backbones with other weights in some of their linear maps, in memory. */
import type { LoraPair } from '../core/adapter-layout.ts';
import { adaptedMap, type Backbone } from './backbone.ts';

type Pairs = readonly LoraPair[];

/**
 * Weights of other maps are shared with the original, which is unchanged.
 * @param weightOf the weights of a map, [out, in]; receives those that it has
 * @throws RangeError when a pair is not in the backbone
 */
export function withMaps<B extends Backbone>(
  backbone: B,
  pairs: Pairs,
  weightOf: (pair: LoraPair, weight: Float32Array) => Float32Array,
): B {
  const towers = {
    vision: [...backbone.vision.blocks],
    text: backbone.kind === 'clip' ? [...backbone.text.blocks] : [],
  };
  for (const pair of pairs) {
    const { tower, layer, projection } = pair;
    const linear = adaptedMap(backbone, pair);
    const weight = weightOf(pair, linear.weight);
    towers[tower][layer] = { ...towers[tower][layer], [projection]: { ...linear, weight } };
  }
  const vision = { ...backbone.vision, blocks: towers.vision };
  return backbone.kind === 'clip'
    ? { ...backbone, vision, text: { ...backbone.text, blocks: towers.text } }
    : { ...backbone, vision };
}

/** Number of weights of the maps of these pairs. */
export const mapsSize = (pairs: Pairs): number =>
  pairs.reduce((sum, { inFeatures, outFeatures }) => sum + inFeatures * outFeatures, 0);

/** The weights of the maps of these pairs, one after the other, each [out, in]. */
export function weightsOfMaps(backbone: Backbone, pairs: Pairs): Float32Array {
  const values = new Float32Array(mapsSize(pairs));
  let offset = 0;
  for (const pair of pairs) {
    const { weight } = adaptedMap(backbone, pair);
    values.set(weight, offset);
    offset += weight.length;
  }
  return values;
}

/** The inverse of weightsOfMaps. @throws RangeError when the number of values is another */
export function withWeightsOfMaps<B extends Backbone>(backbone: B, pairs: Pairs, values: Float32Array): B {
  if (values.length !== mapsSize(pairs))
    throw new RangeError(`These maps have ${mapsSize(pairs)} weights, got ${values.length}.`);
  let offset = 0;
  return withMaps(backbone, pairs, (_, { length }) => values.slice(offset, (offset += length)));
}
