/** Made-up weights of transformers, for tests of devices. */
import type { Rng } from '../core/rng.ts';
import type { BlockWeights, LayerNormWeights, LinearWeights, TowerConfig } from '../model/backbone.ts';

/** offset + scale · z, z standard normal. */
export function normals(rng: Rng, length: number, scale: number, offset = 0): Float32Array {
  const drawn = new Float32Array(length);
  for (let i = 0; i < length; i++) drawn[i] = offset + scale * rng.normal();
  return drawn;
}

/** Gains around 1 and biases around 0, so that neither is without effect. */
export const norm = (rng: Rng, width: number): LayerNormWeights => ({
  gain: normals(rng, width, 0.1, 1),
  bias: normals(rng, width, 0.1),
});

/** A map with random weights. */
export type MakeLinear = (rng: Rng, outFeatures: number, inFeatures: number, bias: boolean) => LinearWeights;

/** The weights of a block: q, k, v and o [width, width], fc1 [mlpWidth, width], fc2 [width, mlpWidth]. */
export function blockOf(
  rng: Rng,
  { width, mlpWidth }: Pick<TowerConfig, 'width' | 'mlpWidth'>,
  linear: MakeLinear,
): BlockWeights {
  const square = () => linear(rng, width, width, true);
  return {
    ln1: norm(rng, width),
    q: square(),
    k: square(),
    v: square(),
    o: square(),
    ln2: norm(rng, width),
    fc1: linear(rng, mlpWidth, width, true),
    fc2: linear(rng, width, mlpWidth, true),
  };
}
