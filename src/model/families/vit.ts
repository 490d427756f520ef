/** ViT, and what DeiT shares with it. */
import * as v from 'valibot';
import type { BlockWeights, LinearWeights, VisionTower, VitBackbone } from '../backbone.ts';
import type { SafetensorsFile } from '../safetensors.ts';
import { validateJson } from '../validate-json.ts';
import { createWeightReader, findPrefix, type WeightReader } from '../weight-reader.ts';
import { FILE_CHECKS } from '../words.ts';
import type { Family, ImageDefaults } from './family.ts';
import { CONFIG_FILE, imageEntries, towerEntries, visionConfig } from './tower-keys.ts';
import { CLASS_TOKEN, findLayers, readAttention, readEmbeddings } from './vit-tensors.ts';

/** Of towers that classify images: ViT, DeiT and DINOv2. */
export interface VitConfig<Id extends string = string> {
  readonly modelType: Id;
  readonly vision: VisionTower['config'];
  /** Whether query, key and value have a bias. */
  readonly qkvBias: boolean;
}

export const QkvBias = v.nullish(v.boolean(), true);
const Vit = v.object({
  ...towerEntries({ width: 768, mlp: 3072, heads: 12, act: 'gelu', eps: 1e-12 }),
  ...imageEntries(16),
  qkv_bias: QkvBias,
});

/** @param blankPatches tokens between the class token and the patches */
export function parseVitConfig<Id extends string>(modelType: Id, json: unknown, blankPatches: number): VitConfig<Id> {
  const keys = validateJson(CONFIG_FILE, Vit, json);
  const vision = visionConfig(FILE_CHECKS.topLevel, keys, keys.intermediate_size, blankPatches);
  return { modelType, qkvBias: keys.qkv_bias, vision };
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
 * @param within what stands before the names of a backbone within a model with a classifier: "vit."
 * @param imageSize side of the images, in pixels; positions are interpolated if it differs from the checkpoint's
 * @throws CheckpointError when a tensor is missing, has the wrong shape, or is not finite.
 */
export function readVit(within: string, config: VitConfig, file: SafetensorsFile, imageSize: number): VitBackbone {
  const { width, layers } = config.vision;
  const prefix = findPrefix(file, CLASS_TOKEN, ['', within]);
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

const HALVES = [0.5, 0.5, 0.5];
const IMAGES: ImageDefaults = {
  mean: HALVES,
  std: HALVES,
  filter: 'bilinear',
  imageSize: null,
  edge: (side) => side,
  keepAspect: false,
  cropRounding: 'down',
  sizeIsSquare: true,
  crops: false,
};

export const vit: Family<VitConfig<'vit'>> = {
  label: 'ViT',
  transformers: { modelType: 'vit', className: /^ViT(Model|ForImageClassification)$/ },
  parseConfig: (json) => parseVitConfig('vit', json, 0),
  readCheckpoint: (config, file, imageSize) => readVit('vit.', config, file, imageSize),
  imageDefaults: () => IMAGES,
};
