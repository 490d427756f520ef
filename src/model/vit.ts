/** Tensor names of Hugging Face's ViT and DeiT, with and without distillation token, of transformers v4 and v5; shared with DINOv2. */
import type { BlockWeights, LinearWeights, VisionTower, VitBackbone } from './backbone.ts';
import type { VitConfig } from './config.ts';
import { resizePositions } from './resize-positions.ts';
import type { SafetensorsFile } from './safetensors.ts';
import { createWeightReader, findPrefix, type WeightReader } from './weight-reader.ts';

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

function readBlock(weights: WeightReader, at: string, { vision, qkvBias }: VitConfig): BlockWeights {
  const { width, mlpWidth } = vision;
  return {
    ...readAttention(weights, at, width, qkvBias),
    ln1: weights.norm(`${at}.layernorm_before`, width),
    ln2: weights.norm(`${at}.layernorm_after`, width),
    fc1: weights.linear([`${at}.intermediate.dense`, `${at}.mlp.fc1`], mlpWidth, width, true),
    fc2: weights.linear([`${at}.output.dense`, `${at}.mlp.fc2`], width, mlpWidth, true),
  };
}

function readClassifier(file: SafetensorsFile, width: number): LinearWeights | null {
  const classes = file.tensors.get('classifier.weight')?.shape[0];
  return classes ? createWeightReader(file, '').linear('classifier', classes, width, true) : null;
}

/**
 * The two classifiers of a distilled DeiT are not read: one of them takes the distillation token, which studies do not classify by.
 * @param imageSize side of the images, in pixels; positions are interpolated if it differs from the checkpoint's.
 * @throws CheckpointError when a tensor is missing, has the wrong shape, or is not finite.
 */
export function readVit(config: VitConfig, file: SafetensorsFile, imageSize: number): VitBackbone {
  const { width, layers } = config.vision;
  const prefix = findPrefix(file, CLASS_TOKEN, ['', config.modelType === 'deit' ? 'deit.' : 'vit.']);
  const weights = createWeightReader(file, prefix);
  const layer = findLayers(file, prefix, '0.layernorm_before.weight');
  return {
    kind: 'vit',
    vision: {
      ...readEmbeddings(weights, config.vision, imageSize),
      blocks: Array.from({ length: layers }, (_, i) => readBlock(weights, `${layer}${i}`, config)),
      finalNorm: weights.norm('layernorm', width),
    },
    classifier: readClassifier(file, width),
  };
}
