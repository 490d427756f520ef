/** A small random CLIP with fixed values, for self-tests and for measuring a device before a backbone is loaded. */
import { stream } from '../core/rng.ts';
import type { ClipBackbone } from '../model/backbone.ts';
import { blockOf, norm, normals, type MakeLinear } from './random-weights.ts';

/** The size of the vision tower; the text tower is as wide and has one layer. */
export interface TinyClipShape {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly imageSize: number;
  readonly patchSize: number;
}

const TEXT_TOKENS = 6;
const VOCABULARY = 12;
const END_TOKEN = VOCABULARY - 1;

const linear: MakeLinear = (rng, outFeatures, inFeatures, bias) => ({
  weight: normals(rng, outFeatures * inFeatures, inFeatures ** -0.5),
  bias: bias ? normals(rng, outFeatures, 0.1) : null,
  inFeatures,
  outFeatures,
});

/** The same shape gives the same weights. Text tower: 1 layer, 6 tokens, vocabulary 12 with 11 as end token. */
export function tinyClip({ layers, width, heads, imageSize, patchSize }: TinyClipShape): ClipBackbone {
  const rng = stream(1, 'pretrain');
  const tokens = 1 + (imageSize / patchSize) ** 2;
  const tower = (count: number) => ({
    blocks: Array.from({ length: count }, () => blockOf(rng, { width, mlpWidth: 4 * width }, linear)),
    finalNorm: norm(rng, width),
  });
  const config = { width, mlpWidth: 4 * width, heads, activation: 'quick_gelu' as const, layerNormEps: 1e-5 };
  return {
    kind: 'clip',
    vision: {
      config: { ...config, layers, tokens, imageSize, patchSize, channels: 3 },
      patchEmbedding: linear(rng, width, 3 * patchSize ** 2, false),
      classToken: normals(rng, width, 0.1),
      positions: normals(rng, tokens * width, 0.1),
      preNorm: norm(rng, width),
      ...tower(layers),
    },
    text: {
      config: { ...config, layers: 1, tokens: TEXT_TOKENS, vocabulary: VOCABULARY, endToken: END_TOKEN },
      tokenEmbedding: normals(rng, VOCABULARY * width, 0.1),
      positions: normals(rng, TEXT_TOKENS * width, 0.1),
      ...tower(1),
    },
    visionProjection: linear(rng, width, width, false),
    textProjection: linear(rng, width, width, false),
    logitScale: Math.log(10),
  };
}

/** `classes` different prompts for tinyClip's vocabulary, [classes, 6]: end tokens in two places, so that the causal mask matters. */
export function tinyPrompts(classes: number): Int32Array {
  const prompts = new Int32Array(classes * TEXT_TOKENS);
  for (let c = 0; c < classes; c++) {
    const words = [2 + (c % 8), 2 + ((3 * c) % 8), ...(c % 2 === 0 ? [] : [2 + ((5 * c) % 8)])];
    prompts.set([1, ...words, END_TOKEN], c * TEXT_TOKENS);
  }
  return prompts;
}

/** Images as patches, [count, patches, 3·patch²]. */
export function tinyImages(count: number, { imageSize }: TinyClipShape): Float32Array {
  return normals(stream(2, 'pretrain'), count * 3 * imageSize ** 2, 1);
}
