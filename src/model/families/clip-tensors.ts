/** Tensor names of Hugging Face's CLIPModel and CLIPVisionModel: used to read and write their checkpoints. */
import type { BlockWeights, ClipBackbone, TowerConfig, VisionTower, VitBackbone } from '../backbone.ts';
import { resizePositions } from '../resize-positions.ts';
import type { SafetensorsFile } from '../safetensors.ts';
import { createWeightReader, findPrefix, type WeightReader } from '../weight-reader.ts';
import type { ClipConfig, ClipVisionConfig } from './clip-config.ts';

/** Paths of the linear maps of a block below `….encoder.layers.{i}.`. */
export const CLIP_BLOCK_NAMES = {
  q: 'self_attn.q_proj',
  k: 'self_attn.k_proj',
  v: 'self_attn.v_proj',
  o: 'self_attn.out_proj',
  fc1: 'mlp.fc1',
  fc2: 'mlp.fc2',
} as const;

function readBlock(weights: WeightReader, at: string, { width, mlpWidth }: TowerConfig): BlockWeights {
  const square = (name: string) => weights.linear(`${at}.${name}`, width, width, true);
  return {
    ln1: weights.norm(`${at}.layer_norm1`, width),
    q: square(CLIP_BLOCK_NAMES.q),
    k: square(CLIP_BLOCK_NAMES.k),
    v: square(CLIP_BLOCK_NAMES.v),
    o: square(CLIP_BLOCK_NAMES.o),
    ln2: weights.norm(`${at}.layer_norm2`, width),
    fc1: weights.linear(`${at}.${CLIP_BLOCK_NAMES.fc1}`, mlpWidth, width, true),
    fc2: weights.linear(`${at}.${CLIP_BLOCK_NAMES.fc2}`, width, mlpWidth, true),
  };
}

function readBlocks(weights: WeightReader, tower: string, config: TowerConfig): BlockWeights[] {
  return Array.from({ length: config.layers }, (_, i) => readBlock(weights, `${tower}.encoder.layers.${i}`, config));
}

function readVision(weights: WeightReader, vision: VisionTower['config'], imageSize: number): VisionTower {
  const { width, channels, patchSize } = vision;
  const at = 'vision_model.embeddings';
  const side = imageSize / patchSize;
  const positions = weights.tensor(`${at}.position_embedding.weight`, [vision.tokens, width]);
  return {
    config: { ...vision, imageSize, tokens: 1 + side ** 2 },
    patchEmbedding: {
      weight: weights.tensor(`${at}.patch_embedding.weight`, [width, channels, patchSize, patchSize]),
      bias: null,
      inFeatures: channels * patchSize ** 2,
      outFeatures: width,
    },
    classToken: weights.tensor(`${at}.class_embedding`, [width]),
    positions: resizePositions(positions, vision.imageSize / patchSize, side, width),
    preNorm: weights.norm('vision_model.pre_layrnorm', width), // the misspelling is the format's
    blocks: readBlocks(weights, 'vision_model', vision),
    finalNorm: weights.norm('vision_model.post_layernorm', width),
  };
}

/**
 * @param imageSize side of the images, in pixels; positions are interpolated if it differs from the checkpoint's.
 * @throws CheckpointError when a tensor is missing, has the wrong shape, or is not finite.
 */
export function readClip(config: ClipConfig, file: SafetensorsFile, imageSize: number): ClipBackbone {
  const weights = createWeightReader(file, findPrefix(file, 'visual_projection.weight', ['', 'clip.']));
  const { vision, text, projection } = config;
  const words = 'text_model.embeddings';
  return {
    kind: 'clip',
    vision: readVision(weights, vision, imageSize),
    text: {
      config: text,
      tokenEmbedding: weights.tensor(`${words}.token_embedding.weight`, [text.vocabulary, text.width]),
      positions: weights.tensor(`${words}.position_embedding.weight`, [text.tokens, text.width]),
      blocks: readBlocks(weights, 'text_model', text),
      finalNorm: weights.norm('text_model.final_layer_norm', text.width),
    },
    visionProjection: weights.linear('visual_projection', projection, vision.width, false),
    textProjection: weights.linear('text_projection', projection, text.width, false),
    logitScale: weights.tensor('logit_scale', [])[0],
  };
}

/**
 * The vision tower alone, for a trained head; a projection in the file is left out. transformers 5.6 and later write no "vision_model.".
 * @throws CheckpointError when a tensor is missing, has the wrong shape, or is not finite.
 */
export function readClipVision(config: ClipVisionConfig, file: SafetensorsFile, imageSize: number): VitBackbone {
  const prefixed = file.tensors.has('vision_model.embeddings.class_embedding');
  const weights = createWeightReader(file, '', (name) => (prefixed ? name : name.replace(/^vision_model\./, '')));
  return { kind: 'vit', vision: readVision(weights, config.vision, imageSize), classifier: null };
}
