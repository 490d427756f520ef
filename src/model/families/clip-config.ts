/** config.json of a CLIPModel, and of a CLIPVisionModel. */
import * as v from 'valibot';
import type { TextTower, VisionTower } from '../backbone.ts';
import { Count, ModelConfigError, validateJson } from '../validate-json.ts';
import { FILE_CHECKS } from '../words.ts';
import { CONFIG_FILE, imageEntries, towerConfig, towerEntries, visionConfig } from './tower-keys.ts';

export interface ClipConfig {
  readonly modelType: 'clip';
  readonly vision: VisionTower['config'];
  readonly text: TextTower['config'];
  /** Width of the joint embedding space. */
  readonly projection: number;
}

/** CLIP's vision tower published alone, with or without projection. */
export interface ClipVisionConfig {
  readonly modelType: 'clip-vision';
  readonly vision: VisionTower['config'];
}

const ClipVision = v.object({
  ...towerEntries({ width: 768, mlp: 3072, heads: 12, act: 'quick_gelu', eps: 1e-5 }),
  ...imageEntries(32),
});

const TokenId = v.pipe(v.number(), v.integer(), v.minValue(0));
const ClipText = v.object({
  ...towerEntries({ width: 512, mlp: 2048, heads: 8, act: 'quick_gelu', eps: 1e-5 }),
  max_position_embeddings: v.nullish(Count, 77),
  vocab_size: v.nullish(Count, 49408),
  eos_token_id: v.nullish(TokenId, null),
});
const AnyObject = v.nullish(v.record(v.string(), v.unknown()), {});
const Clip = v.object({
  projection_dim: v.nullish(Count, 512),
  vision_config: AnyObject,
  vision_config_dict: AnyObject,
  text_config: AnyObject,
  text_config_dict: AnyObject,
});

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

export function parseClipConfig(json: unknown): ClipConfig {
  const outer = validateJson(CONFIG_FILE, Clip, json);
  // Old files have both; the *_dict keys take precedence.
  const vision = validateJson(`${CONFIG_FILE} vision_config`, ClipVision, {
    ...outer.vision_config,
    ...outer.vision_config_dict,
  });
  const text = validateJson(`${CONFIG_FILE} text_config`, ClipText, {
    ...outer.text_config,
    ...outer.text_config_dict,
  });
  const vocabulary = text.vocab_size;
  const endToken = resolveEndToken(vocabulary, text.eos_token_id);
  if (endToken >= vocabulary)
    throw new ModelConfigError(FILE_CHECKS.endToken(`${CONFIG_FILE}, text_config`, endToken, vocabulary));
  return {
    modelType: 'clip',
    projection: outer.projection_dim,
    vision: visionConfig('vision_config', vision, vision.intermediate_size),
    text: {
      ...towerConfig('text_config', text, text.intermediate_size, text.max_position_embeddings),
      vocabulary,
      endToken,
    },
  };
}

export function parseClipVisionConfig(json: unknown): ClipVisionConfig {
  const keys = validateJson(CONFIG_FILE, ClipVision, json);
  return { modelType: 'clip-vision', vision: visionConfig(FILE_CHECKS.topLevel, keys, keys.intermediate_size) };
}
