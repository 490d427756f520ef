/** CLIP backbones of the shapes of real ones, with weights by a hash: what they cost does not depend on the values. */
import { hash32 } from '../src/core/hash.ts';
import type { BackboneShapes, TowerShapes } from '../src/engine/memory/shapes.ts';
import type {
  BlockWeights,
  ClipBackbone,
  LayerNormWeights,
  LinearWeights,
  TowerConfig,
} from '../src/model/backbone.ts';

export type ClipShapes = BackboneShapes & { readonly text: NonNullable<BackboneShapes['text']> };

/** CLIP ViT-B for 224 pixels. */
export const clipB = (patchSize: number, layers: number): ClipShapes => ({
  vision: { width: 768, mlpWidth: 3072, heads: 12, layers, tokens: 1 + (224 / patchSize) ** 2, patchSize },
  text: { width: 512, mlpWidth: 2048, heads: 8, layers, tokens: 77, vocabulary: 49408, projection: 512 },
});

let seed = 0;

/** Values spread evenly between ±scale. */
function values(length: number, scale: number): Float32Array {
  const key = hash32(++seed);
  const out = new Float32Array(length);
  for (let i = 0; i < length; i++) out[i] = scale * (hash32(key + i) / 2 ** 31 - 1);
  return out;
}

const linear = (outFeatures: number, inFeatures: number): LinearWeights => ({
  weight: values(outFeatures * inFeatures, (3 / inFeatures) ** 0.5),
  bias: values(outFeatures, 0.1),
  inFeatures,
  outFeatures,
});

const norm = (width: number): LayerNormWeights => ({
  gain: new Float32Array(width).fill(1),
  bias: new Float32Array(width),
});

const blocks = ({ layers, width, mlpWidth }: TowerShapes): BlockWeights[] =>
  Array.from({ length: layers }, () => ({
    ln1: norm(width),
    q: linear(width, width),
    k: linear(width, width),
    v: linear(width, width),
    o: linear(width, width),
    ln2: norm(width),
    fc1: linear(mlpWidth, width),
    fc2: linear(width, mlpWidth),
  }));

const config = ({ layers, width, mlpWidth, heads, tokens }: TowerShapes): TowerConfig => ({
  layers,
  width,
  mlpWidth,
  heads,
  tokens,
  activation: 'quick_gelu',
  layerNormEps: 1e-5,
});

/** @throws Error when there is no text tower */
export function shapedClip({ vision, text }: BackboneShapes): ClipBackbone {
  if (!text) throw new Error('A CLIP backbone has a text tower.');
  const { patchSize } = vision;
  const imageSize = patchSize * Math.sqrt(vision.tokens - 1);
  return {
    kind: 'clip',
    vision: {
      config: { ...config(vision), imageSize, patchSize, channels: 3 },
      patchEmbedding: linear(vision.width, 3 * patchSize ** 2),
      classToken: values(vision.width, 0.1),
      positions: values(vision.tokens * vision.width, 0.1),
      preNorm: norm(vision.width),
      blocks: blocks(vision),
      finalNorm: norm(vision.width),
    },
    text: {
      config: { ...config(text), vocabulary: text.vocabulary, endToken: text.vocabulary - 1 },
      tokenEmbedding: values(text.vocabulary * text.width, 0.1),
      positions: values(text.tokens * text.width, 0.1),
      blocks: blocks(text),
      finalNorm: norm(text.width),
    },
    visionProjection: linear(text.projection, vision.width),
    textProjection: linear(text.projection, text.width),
    logitScale: Math.log(10),
  };
}
