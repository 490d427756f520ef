/** Hugging Face config.json of CLIP, ViT, DeiT and DINOv2 → the sizes and options of the towers. */
import * as v from 'valibot';
import type { Activation, TextTower, TowerConfig, VisionTower } from './backbone.ts';
import { parseTimmConfig, type TimmConfig } from './timm-config.ts';
import { Count, ModelConfigError, validateJson } from './validate-json.ts';
import { FILE_CHECKS } from './words.ts';

const FILE = 'config.json';

export interface ClipConfig {
  readonly modelType: 'clip';
  readonly vision: VisionTower['config'];
  readonly text: TextTower['config'];
  /** Width of the joint embedding space. */
  readonly projection: number;
  /** Pads a prompt after its end token. */
  readonly padToken: number;
}

/** CLIP's vision tower published alone (CLIPVisionModel, with or without projection). */
export interface ClipVisionConfig {
  readonly modelType: 'clip-vision';
  readonly vision: VisionTower['config'];
}

export interface VitConfig {
  readonly modelType: 'vit' | 'deit' | 'dinov2';
  readonly vision: VisionTower['config'];
  /** Whether query, key and value have a bias. */
  readonly qkvBias: boolean;
}

export type ModelConfig = ClipConfig | ClipVisionConfig | VitConfig | TimmConfig;

const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  quick_gelu: 'quick_gelu',
  gelu: 'gelu',
  gelu_pytorch_tanh: 'gelu_tanh',
  gelu_new: 'gelu_tanh',
};

const HiddenAct = v.pipe(
  v.string(),
  v.check(
    (name) => Object.hasOwn(ACTIVATIONS, name),
    (issue) => `hidden_act "${issue.input}" is not supported; supported are ${Object.keys(ACTIVATIONS).join(', ')}.`,
  ),
  v.transform((name) => ACTIVATIONS[name]),
);
const Epsilon = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const TokenId = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Keys every tower has, with the defaults its transformers class gives them. */
const towerEntries = (defaults: { width: number; mlp: number; heads: number; act: string; eps: number }) => ({
  hidden_size: v.nullish(Count, defaults.width),
  intermediate_size: v.nullish(Count, defaults.mlp),
  num_hidden_layers: v.nullish(Count, 12),
  num_attention_heads: v.nullish(Count, defaults.heads),
  hidden_act: v.nullish(HiddenAct, defaults.act),
  layer_norm_eps: v.nullish(Epsilon, defaults.eps),
});
const imageEntries = (imageSize: number, patchSize: number) => ({
  image_size: v.nullish(Count, imageSize),
  patch_size: v.nullish(Count, patchSize),
  num_channels: v.nullish(Count, 3),
});

const ClipVision = v.object({
  ...towerEntries({ width: 768, mlp: 3072, heads: 12, act: 'quick_gelu', eps: 1e-5 }),
  ...imageEntries(224, 32),
});
const ClipText = v.object({
  ...towerEntries({ width: 512, mlp: 2048, heads: 8, act: 'quick_gelu', eps: 1e-5 }),
  max_position_embeddings: v.nullish(Count, 77),
  vocab_size: v.nullish(Count, 49408),
  eos_token_id: v.nullish(TokenId, null),
  pad_token_id: v.nullish(TokenId, null),
});
const AnyObject = v.nullish(v.record(v.string(), v.unknown()), {});
const Clip = v.object({
  projection_dim: v.nullish(Count, 512),
  vision_config: AnyObject,
  vision_config_dict: AnyObject,
  text_config: AnyObject,
  text_config_dict: AnyObject,
});
const QkvBias = v.nullish(v.boolean(), true);
const Vit = v.object({
  ...towerEntries({ width: 768, mlp: 3072, heads: 12, act: 'gelu', eps: 1e-12 }),
  ...imageEntries(224, 16),
  qkv_bias: QkvBias,
});
const Dinov2 = v.object({
  ...v.omit(v.object(towerEntries({ width: 768, mlp: 0, heads: 12, act: 'gelu', eps: 1e-6 })), ['intermediate_size'])
    .entries,
  ...imageEntries(224, 14),
  qkv_bias: QkvBias,
  mlp_ratio: v.nullish(v.pipe(v.number(), v.minValue(0.01), v.maxValue(100)), 4),
  use_swiglu_ffn: v.nullish(v.boolean(), false),
});

interface TowerKeys {
  readonly hidden_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly hidden_act: Activation;
  readonly layer_norm_eps: number;
}

function towerConfig(where: string, keys: TowerKeys, mlpWidth: number, tokens: number): TowerConfig {
  const { hidden_size: width, num_attention_heads: heads } = keys;
  if (width % heads !== 0)
    throw new ModelConfigError(
      FILE_CHECKS.notMultiple(`${FILE}, ${where}`, 'hidden_size', width, 'num_attention_heads', heads),
    );
  return {
    layers: keys.num_hidden_layers,
    width,
    mlpWidth,
    heads,
    tokens,
    activation: keys.hidden_act,
    layerNormEps: keys.layer_norm_eps,
  };
}

function visionConfig(
  where: string,
  keys: TowerKeys & { readonly image_size: number; readonly patch_size: number; readonly num_channels: number },
  mlpWidth: number,
  blankPatches = 0,
): VisionTower['config'] {
  const { image_size: imageSize, patch_size: patchSize, num_channels: channels } = keys;
  if (imageSize % patchSize !== 0)
    throw new ModelConfigError(
      FILE_CHECKS.notMultiple(`${FILE}, ${where}`, 'image_size', imageSize, 'patch_size', patchSize),
    );
  if (channels !== 3) throw new ModelConfigError(FILE_CHECKS.channels(`${FILE}, ${where}`, channels));
  const tokens = 1 + blankPatches + (imageSize / patchSize) ** 2;
  return {
    ...towerConfig(where, keys, mlpWidth, tokens),
    imageSize,
    patchSize,
    channels,
    ...(blankPatches > 0 && { blankPatches }),
  };
}

function clipConfig(json: unknown): ClipConfig {
  const outer = validateJson(FILE, Clip, json);
  // Old files have both; the *_dict keys take precedence.
  const vision = validateJson(`${FILE} vision_config`, ClipVision, {
    ...outer.vision_config,
    ...outer.vision_config_dict,
  });
  const text = validateJson(`${FILE} text_config`, ClipText, { ...outer.text_config, ...outer.text_config_dict });
  const vocabulary = text.vocab_size;
  const endToken = resolveEndToken(vocabulary, text.eos_token_id);
  if (endToken >= vocabulary)
    throw new ModelConfigError(FILE_CHECKS.endToken(`${FILE}, text_config`, endToken, vocabulary));
  const padToken = text.pad_token_id !== null && text.pad_token_id < vocabulary ? text.pad_token_id : endToken;
  return {
    modelType: 'clip',
    projection: outer.projection_dim,
    padToken,
    vision: visionConfig('vision_config', vision, vision.intermediate_size),
    text: {
      ...towerConfig('text_config', text, text.intermediate_size, text.max_position_embeddings),
      vocabulary,
      endToken,
    },
  };
}

function vitConfig(json: unknown): VitConfig {
  const keys = validateJson(FILE, Vit, json);
  const vision = visionConfig(FILE_CHECKS.topLevel, keys, keys.intermediate_size);
  return { modelType: 'vit', qkvBias: keys.qkv_bias, vision };
}

/** model_type "deit" means a distillation token; all other keys and defaults are ViT's. */
function deitConfig(json: unknown): VitConfig {
  const keys = validateJson(FILE, Vit, json);
  return {
    modelType: 'deit',
    qkvBias: keys.qkv_bias,
    vision: visionConfig(FILE_CHECKS.topLevel, keys, keys.intermediate_size, 1),
  };
}

function dinov2Config(json: unknown): VitConfig {
  const keys = validateJson(FILE, Dinov2, json);
  if (keys.use_swiglu_ffn) throw new ModelConfigError(FILE_CHECKS.swiglu(FILE));
  const vision = visionConfig(FILE_CHECKS.topLevel, keys, Math.floor(keys.hidden_size * keys.mlp_ratio));
  return { modelType: 'dinov2', qkvBias: keys.qkv_bias, vision };
}

function clipVisionConfig(json: unknown): ClipVisionConfig {
  const keys = validateJson(FILE, ClipVision, json);
  return { modelType: 'clip-vision', vision: visionConfig(FILE_CHECKS.topLevel, keys, keys.intermediate_size) };
}

const refused = (what: string): ModelConfigError =>
  new ModelConfigError(FILE_CHECKS.notSupported(FILE, what, FILE_CHECKS.supportedModels));
function refuse(what: () => string): () => never {
  return () => {
    throw refused(what());
  };
}

const PARSERS: Readonly<Record<string, (json: unknown) => ModelConfig>> = {
  clip: clipConfig,
  clip_vision_model: clipVisionConfig,
  vit: vitConfig,
  deit: deitConfig,
  dinov2: dinov2Config,
  // Known but unsupported models that are requested often enough to explain why.
  clip_text_model: refuse(() => FILE_CHECKS.textAlone),
  siglip: refuse(() => FILE_CHECKS.siglip),
};

/** Early files name the class of the model instead of its type. */
const TYPE_OF_CLASS: readonly (readonly [RegExp, string])[] = [
  [/^CLIPVisionModel/, 'clip_vision_model'],
  [/^CLIPModel$/, 'clip'],
  [/^ViT(Model|ForImageClassification)$/, 'vit'],
  [/^DeiT(Model|ForImageClassification(WithTeacher)?)$/, 'deit'],
  [/^Dinov2(Model|ForImageClassification)$/, 'dinov2'],
];

const Kind = v.object({
  model_type: v.nullish(v.string(), null),
  architecture: v.nullish(v.string(), null),
  architectures: v.nullish(v.array(v.string()), []),
});

/**
 * Reads a parsed config.json, of transformers or timm. Missing keys take the defaults of the transformers classes.
 * @throws ModelConfigError for an unsupported model type or option, or a value that makes no sense.
 */
export function parseModelConfig(json: unknown): ModelConfig {
  const { model_type: named, architecture, architectures } = validateJson(FILE, Kind, json);
  if (named === null && architecture !== null) return parseTimmConfig(json);
  const type = named ?? TYPE_OF_CLASS.find(([name]) => architectures.some((a) => name.test(a)))?.[1] ?? null;
  if (type === null) throw refused(FILE_CHECKS.noType);
  if (!Object.hasOwn(PARSERS, type)) throw refused(FILE_CHECKS.otherType(type));
  return PARSERS[type](json);
}

/** The last id of OpenAI's CLIP vocabulary. Tokens that were added to it lie behind. */
const OPENAI_END_TOKEN = 49407;
/** What early files say, whatever their end token is: for it, transformers pools the largest id of a prompt. */
const LEGACY_END_TOKEN = 2;

/** The id of the token that is pooled, at its first position. */
function resolveEndToken(vocabulary: number, eosTokenId: number | null): number {
  return eosTokenId === null || eosTokenId === LEGACY_END_TOKEN
    ? Math.min(OPENAI_END_TOKEN, vocabulary - 1)
    : eosTokenId;
}
