/** A backbone of which only the shapes are known, as before it is fetched. */
import type { DeviceLinear } from '../operands.ts';
import type { DeviceBackbone, DeviceBlock, DeviceNorm } from '../passes/weights.ts';
import type { BackboneShapes, TowerShapes } from './shapes.ts';

/** A tensor of which nothing is kept but its size. */
export interface TensorShape {
  readonly rows: number;
  readonly cols: number;
}

const linear = (outFeatures: number, inFeatures: number): DeviceLinear => ({ inFeatures, outFeatures });

const norm = (width: number): DeviceNorm<TensorShape> => ({
  gain: { rows: 1, cols: width },
  bias: { rows: 1, cols: width },
  epsilon: 1e-5,
});

function tower({ width, mlpWidth, heads, layers, tokens }: TowerShapes) {
  const block: DeviceBlock<TensorShape> = {
    ln1: norm(width),
    q: linear(width, width),
    k: linear(width, width),
    v: linear(width, width),
    o: linear(width, width),
    ln2: norm(width),
    fc1: linear(mlpWidth, width),
    fc2: linear(width, mlpWidth),
  };
  return {
    tokens,
    width,
    mlpWidth,
    heads,
    activation: 'quick_gelu' as const,
    blocks: new Array<DeviceBlock<TensorShape>>(layers).fill(block),
    finalNorm: norm(width),
    positions: { rows: tokens, cols: width },
  };
}

/** Stands in for an uploaded backbone where only sizes matter: token ids and epsilons are made up. */
export function shapeBackbone({ vision, text }: BackboneShapes): DeviceBackbone<TensorShape> {
  const patchLength = 3 * vision.patchSize ** 2;
  return {
    vision: {
      ...tower(vision),
      patchEmbedding: linear(vision.width, patchLength),
      patches: vision.tokens - 1,
      patchLength,
      classToken: { rows: 1, cols: vision.width },
      preNorm: text && norm(vision.width),
    },
    clip: text && {
      text: {
        ...tower(text),
        tokenEmbedding: { rows: text.vocabulary, cols: text.width },
        endToken: text.vocabulary - 1,
        vocabulary: text.vocabulary,
      },
      visionProjection: linear(text.projection, vision.width),
      textProjection: linear(text.projection, text.width),
      logitScale: 1,
    },
    free: () => {},
  };
}
