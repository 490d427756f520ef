/** Tensor names of Hugging Face's CLIPModel: what is read from and written to its checkpoints. */
import type { BlockWeights, ClipBackbone, TowerConfig } from './backbone.ts';
import type { ClipConfig } from './config.ts';
import type { SafetensorsFile } from './safetensors.ts';
import { createWeightReader, findPrefix, type WeightReader } from './weight-reader.ts';

/** Where the linear maps of a block lie below `….encoder.layers.{i}.`. */
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

/** @throws CheckpointError when a tensor is missing, has the wrong shape, or is not finite. */
export function readClip(config: ClipConfig, file: SafetensorsFile): ClipBackbone {
  const weights = createWeightReader(file, findPrefix(file, 'visual_projection.weight', ['', 'clip.']));
  const { vision, text, projection } = config;
  const patchInputs = vision.channels * vision.patchSize ** 2;
  const patch = [vision.width, vision.channels, vision.patchSize, vision.patchSize];
  const image = 'vision_model.embeddings';
  const words = 'text_model.embeddings';
  return {
    kind: 'clip',
    vision: {
      config: vision,
      patchEmbedding: {
        weight: weights.tensor(`${image}.patch_embedding.weight`, patch),
        bias: null,
        inFeatures: patchInputs,
        outFeatures: vision.width,
      },
      classToken: weights.tensor(`${image}.class_embedding`, [vision.width]),
      positions: weights.tensor(`${image}.position_embedding.weight`, [vision.tokens, vision.width]),
      preNorm: weights.norm('vision_model.pre_layrnorm', vision.width), // the misspelling is the format's
      blocks: readBlocks(weights, 'vision_model', vision),
      finalNorm: weights.norm('vision_model.post_layernorm', vision.width),
    },
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
