/** Names of tensors that ViT, DeiT and DINOv2 share in checkpoints of transformers v4 and v5. */
import type { BlockWeights, VisionTower } from '../backbone.ts';
import { resizePositions } from '../resize-positions.ts';
import type { SafetensorsFile } from '../safetensors.ts';
import { findPrefix, type WeightReader } from '../weight-reader.ts';

export const CLASS_TOKEN = 'embeddings.cls_token';
const DISTILLATION_TOKEN = 'embeddings.distillation_token';

/** Below a tower's prefix: transformers v4, then v5. The last one is named in errors when there is none. */
export function findLayers(file: SafetensorsFile, prefix: string, probe: string): string {
  return findPrefix(file, probe, [`${prefix}layers.`, `${prefix}encoder.layers.`, `${prefix}encoder.layer.`]).slice(
    prefix.length,
  );
}

/** Attention maps of block `at` in ViT and DINOv2. */
export function readAttention(
  weights: WeightReader,
  at: string,
  width: number,
  qkvBias: boolean,
): Pick<BlockWeights, 'q' | 'k' | 'v' | 'o'> {
  const qkv = (old: string, letter: string) =>
    weights.linear([`${at}.attention.attention.${old}`, `${at}.attention.${letter}_proj`], width, width, qkvBias);
  return {
    q: qkv('query', 'q'),
    k: qkv('key', 'k'),
    v: qkv('value', 'v'),
    o: weights.linear([`${at}.attention.output.dense`, `${at}.attention.o_proj`], width, width, true),
  };
}

/**
 * Embeddings of ViT and DINOv2.
 * @param config sizes of the checkpoint. @param imageSize side the images will have, in pixels.
 */
export function readEmbeddings(
  weights: WeightReader,
  config: VisionTower['config'],
  imageSize: number,
): Pick<VisionTower, 'config' | 'patchEmbedding' | 'classToken' | 'positions' | 'preNorm'> {
  const { width, channels, patchSize, blankPatches = 0 } = config;
  const projection = 'embeddings.patch_embeddings.projection';
  const positions = weights.tensor('embeddings.position_embeddings', [1, config.tokens, width]);
  const side = imageSize / patchSize;
  const bias = weights.tensor(`${projection}.bias`, [width]);
  if (blankPatches > 0) {
    const token = weights.tensor(DISTILLATION_TOKEN, [1, blankPatches, width]);
    // Empty while only names are collected (needed-tensors.ts).
    token.forEach((value, i) => (positions[width + i] += value - bias[i % width]));
  }
  return {
    config: { ...config, imageSize, tokens: 1 + blankPatches + side ** 2 },
    patchEmbedding: {
      weight: weights.tensor(`${projection}.weight`, [width, channels, patchSize, patchSize]),
      bias,
      inFeatures: channels * patchSize ** 2,
      outFeatures: width,
    },
    classToken: weights.tensor(CLASS_TOKEN, [1, 1, width]),
    positions: resizePositions(positions, config.imageSize / patchSize, side, width, 1 + blankPatches),
    preNorm: null,
  };
}
