/** Layer scale (DINOv2), folded into the map before it, so that a block needs no operation of its own for it. */
import type { LinearWeights } from './backbone.ts';

/**
 * s ∘ (Wx + b) = (diag(s)W)x + s ∘ b. The weights are changed in place: they were just read and nobody else holds them.
 * @param scale [out]
 */
export function foldScale(scale: Float32Array, linear: LinearWeights): LinearWeights {
  const { weight, bias, inFeatures } = linear; // [out, in]
  for (let out = 0, i = 0; i < weight.length; out++)
    for (const end = i + inFeatures; i < end; i++) weight[i] *= scale[out];
  bias?.forEach((value, out) => (bias[out] = value * scale[out]));
  return { ...linear, foldedScale: scale };
}
