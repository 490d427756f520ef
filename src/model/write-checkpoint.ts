/** A CLIP backbone → the config.json and model.safetensors of a Hugging Face CLIPModel. */
import type {
  Activation,
  BlockWeights,
  ClipBackbone,
  LayerNormWeights,
  LinearWeights,
  TowerConfig,
} from './backbone.ts';
import { CLIP_BLOCK_NAMES } from './families/clip-tensors.ts';
import { CheckpointError } from './weight-reader.ts';
import { writeSafetensors, type OutputTensor } from './write-safetensors.ts';

export interface CheckpointOptions {
  /** F16 rounds every weight to nearest even, but for logit_scale. */
  readonly dtype: 'F32' | 'F16';
  /** Ids of the tokenizer's start and pad tokens. */
  readonly startToken: number;
  readonly padToken: number;
  /** Stored as the file's __metadata__. */
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface Checkpoint {
  /** config.json, as text. */
  readonly config: string;
  /** model.safetensors. */
  readonly weights: Uint8Array<ArrayBuffer>;
}

const HIDDEN_ACT: Readonly<Record<Activation, string>> = {
  quick_gelu: 'quick_gelu',
  gelu: 'gelu',
  gelu_tanh: 'gelu_pytorch_tanh',
};

const towerKeys = (config: TowerConfig, projection: number) => ({
  hidden_size: config.width,
  intermediate_size: config.mlpWidth,
  num_hidden_layers: config.layers,
  num_attention_heads: config.heads,
  hidden_act: HIDDEN_ACT[config.activation],
  layer_norm_eps: config.layerNormEps,
  projection_dim: projection,
});

function configJson({ vision, text, visionProjection }: ClipBackbone, options: CheckpointOptions): string {
  const projection = visionProjection.outFeatures;
  const config = {
    architectures: ['CLIPModel'],
    model_type: 'clip',
    projection_dim: projection,
    logit_scale_init_value: 2.6592,
    vision_config: {
      model_type: 'clip_vision_model',
      ...towerKeys(vision.config, projection),
      image_size: vision.config.imageSize,
      patch_size: vision.config.patchSize,
      num_channels: vision.config.channels,
    },
    text_config: {
      model_type: 'clip_text_model',
      ...towerKeys(text.config, projection),
      max_position_embeddings: text.config.tokens,
      vocab_size: text.config.vocabulary,
      pad_token_id: options.padToken,
      bos_token_id: options.startToken,
      eos_token_id: text.config.endToken,
    },
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

/**
 * @throws SafetensorsError when a tensor does not have the size its config calls for, CheckpointError when the vision tower has no
 * pre-norm.
 */
export function writeClipCheckpoint(backbone: ClipBackbone, options: CheckpointOptions): Checkpoint {
  const tensors: Record<string, OutputTensor> = {};
  const half = options.dtype === 'F16';
  const put = (name: string, shape: readonly number[], data: Float32Array) => {
    tensors[name] = { shape, data, half };
  };
  const putNorm = (name: string, { gain, bias }: LayerNormWeights) => {
    put(`${name}.weight`, [gain.length], gain);
    put(`${name}.bias`, [bias.length], bias);
  };
  const putLinear = (name: string, { weight, bias, inFeatures, outFeatures }: LinearWeights) => {
    put(`${name}.weight`, [outFeatures, inFeatures], weight);
    if (bias) put(`${name}.bias`, [outFeatures], bias);
  };
  const putBlocks = (tower: string, blocks: readonly BlockWeights[]) =>
    blocks.forEach((block, i) => {
      const at = `${tower}.encoder.layers.${i}`;
      putNorm(`${at}.layer_norm1`, block.ln1);
      putNorm(`${at}.layer_norm2`, block.ln2);
      for (const key of ['q', 'k', 'v', 'o', 'fc1', 'fc2'] as const)
        putLinear(`${at}.${CLIP_BLOCK_NAMES[key]}`, block[key]);
    });

  const { vision, text } = backbone;
  const { preNorm } = vision;
  if (!preNorm)
    throw new CheckpointError('A CLIPModel has a pre_layrnorm in its vision tower; this backbone has none.');
  const { width, channels, patchSize } = vision.config;
  const image = 'vision_model.embeddings';
  put(`${image}.class_embedding`, [width], vision.classToken);
  put(`${image}.patch_embedding.weight`, [width, channels, patchSize, patchSize], vision.patchEmbedding.weight);
  put(`${image}.position_embedding.weight`, [vision.config.tokens, width], vision.positions);
  putNorm('vision_model.pre_layrnorm', preNorm);
  putBlocks('vision_model', vision.blocks);
  putNorm('vision_model.post_layernorm', vision.finalNorm);
  const words = 'text_model.embeddings';
  put(`${words}.token_embedding.weight`, [text.config.vocabulary, text.config.width], text.tokenEmbedding);
  put(`${words}.position_embedding.weight`, [text.config.tokens, text.config.width], text.positions);
  putBlocks('text_model', text.blocks);
  putNorm('text_model.final_layer_norm', text.finalNorm);
  putLinear('visual_projection', backbone.visionProjection);
  putLinear('text_projection', backbone.textProjection);
  tensors.logit_scale = { shape: [], data: Float32Array.of(backbone.logitScale) };

  const weights = writeSafetensors(tensors, { format: 'pt', ...options.metadata });
  return { config: configJson(backbone, options), weights };
}
