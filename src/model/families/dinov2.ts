/** DINOv2 with a plain MLP (small, base, large). */
import * as v from 'valibot';
import type { BlockWeights, VitBackbone } from '../backbone.ts';
import { foldScale } from '../layer-scale.ts';
import type { SafetensorsFile } from '../safetensors.ts';
import { ModelConfigError, validateJson } from '../validate-json.ts';
import { createWeightReader, findPrefix, type WeightReader } from '../weight-reader.ts';
import { FILE_CHECKS } from '../words.ts';
import type { Family } from './family.ts';
import { IMAGENET_IMAGES } from './image-defaults.ts';
import { CONFIG_FILE, imageEntries, towerEntries, visionConfig } from './tower-keys.ts';
import { QkvBias, type VitConfig } from './vit.ts';
import { CLASS_TOKEN, findLayers, readAttention, readEmbeddings } from './vit-tensors.ts';

const Keys = v.object({
  ...v.omit(v.object(towerEntries({ width: 768, mlp: 0, heads: 12, act: 'gelu', eps: 1e-6 })), ['intermediate_size'])
    .entries,
  ...imageEntries(14),
  qkv_bias: QkvBias,
  mlp_ratio: v.nullish(v.pipe(v.number(), v.minValue(0.01), v.maxValue(100)), 4),
  use_swiglu_ffn: v.nullish(v.boolean(), false),
});

function parseConfig(json: unknown): VitConfig<'dinov2'> {
  const keys = validateJson(CONFIG_FILE, Keys, json);
  if (keys.use_swiglu_ffn) throw new ModelConfigError(FILE_CHECKS.swiglu(CONFIG_FILE));
  const vision = visionConfig(FILE_CHECKS.topLevel, keys, Math.floor(keys.hidden_size * keys.mlp_ratio));
  return { modelType: 'dinov2', qkvBias: keys.qkv_bias, vision };
}

function readBlock(weights: WeightReader, at: string, { vision, qkvBias }: VitConfig): BlockWeights {
  const { width, mlpWidth } = vision;
  const attention = readAttention(weights, at, width, qkvBias);
  return {
    ...attention,
    o: foldScale(weights.tensor(`${at}.layer_scale1.lambda1`, [width]), attention.o),
    ln1: weights.norm(`${at}.norm1`, width),
    ln2: weights.norm(`${at}.norm2`, width),
    fc1: weights.linear(`${at}.mlp.fc1`, mlpWidth, width, true),
    fc2: foldScale(
      weights.tensor(`${at}.layer_scale2.lambda1`, [width]),
      weights.linear(`${at}.mlp.fc2`, width, mlpWidth, true),
    ),
  };
}

/**
 * The checkpoint's own classifier is not read: it takes the mean of the patch tokens as well as the class token.
 * @param imageSize side of the images, in pixels (published checkpoints say 518 but are used at 224).
 * @throws CheckpointError when a tensor is missing, has the wrong shape, or is not finite.
 */
function readDinov2(config: VitConfig, file: SafetensorsFile, imageSize: number): VitBackbone {
  const prefix = findPrefix(file, CLASS_TOKEN, ['dinov2.', '']);
  const weights = createWeightReader(file, prefix);
  const layer = findLayers(file, prefix, '0.norm1.weight');
  return {
    kind: 'vit',
    vision: {
      ...readEmbeddings(weights, config.vision, imageSize),
      blocks: Array.from({ length: config.vision.layers }, (_, i) => readBlock(weights, `${layer}${i}`, config)),
      finalNorm: weights.norm('layernorm', config.vision.width),
    },
    classifier: null,
  };
}

export const dinov2: Family<VitConfig<'dinov2'>> = {
  label: 'DINOv2',
  transformers: { modelType: 'dinov2', className: /^Dinov2(Model|ForImageClassification)$/ },
  parseConfig,
  readCheckpoint: readDinov2,
  imageDefaults: () => IMAGENET_IMAGES,
};
