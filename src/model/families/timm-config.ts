/** config.json of a timm repository: the architecture's name instead of sizes, and the image preprocessing. */
import * as v from 'valibot';
import type { VisionTower } from '../backbone.ts';
import type { Filter } from '../resize.ts';
import { Count, ModelConfigError, validateJson } from '../validate-json.ts';
import { FILE_CHECKS } from '../words.ts';
import { CONFIG_FILE } from './tower-keys.ts';

export interface TimmConfig {
  readonly modelType: 'timm';
  readonly vision: VisionTower['config'];
  readonly qkvBias: boolean;
  /** pretrained_cfg: how the weights' own images were prepared. */
  readonly input: {
    /** Share of the resized shorter edge that the crop keeps. */
    readonly cropShare: number;
    /** False: both edges are resized to the same length (crop_mode "squash"). */
    readonly keepAspect: boolean;
    readonly filter: Filter;
    readonly mean: readonly number[];
    readonly std: readonly number[];
  };
}

/** Plain ViTs: [width, layers, heads, MLP ratio]. */
const SIZES: Readonly<Record<string, readonly [number, number, number, number]>> = {
  tiny: [192, 12, 3, 4],
  small: [384, 12, 6, 4],
  base: [768, 12, 12, 4],
  large: [1024, 24, 16, 4],
};
/** timm's own test model. */
const TEST_VIT = { name: 'test_vit', size: [64, 6, 2, 3], patch: 16, image: 160 } as const;
/** A class token, learned positions, no registers, no distillation token: timm's other ViTs are built differently. */
const PLAIN_VIT = /^(?:vit|deit)_(tiny|small|base|large)_patch(\d+)_(?:(\d+)|dinov2)$/;
/** The published DINOv2 weights, whose name does not say it. */
const DINOV2_IMAGE = 518;

const FILTERS: Readonly<Record<string, Filter>> = { bilinear: 'bilinear', bicubic: 'bicubic', box: 'box' };
/** Crop modes of timm → whether they keep the aspect ratio. The third, "border", pads images. */
const KEEPS_ASPECT: Readonly<Record<string, boolean>> = { center: true, squash: false };
const Channels = v.pipe(v.array(v.pipe(v.number(), v.finite())), v.length(3));
/** Arguments of timm's VisionTransformer that are read: they override the defaults of the architecture's name. */
const READ = {
  img_size: v.nullish(Count, null),
  patch_size: v.nullish(Count, null),
  embed_dim: v.nullish(Count, null),
  depth: v.nullish(Count, null),
  num_heads: v.nullish(Count, null),
  mlp_ratio: v.nullish(v.pipe(v.number(), v.minValue(0.01), v.maxValue(100)), null),
  qkv_bias: v.nullish(v.boolean(), true),
};
/** Arguments without effect here: those of training, of the classifier, and layer scale, which is read from the tensors. */
const WITHOUT_EFFECT =
  /^(num_classes|init_values|weight_init|fix_init|dynamic_img_size|(drop|pos_drop|patch_drop|proj_drop|attn_drop|drop_path)_rate)$/;
/** Values with which an argument asks for a plain ViT. */
const PLAIN: Readonly<Record<string, readonly unknown[]>> = {
  in_chans: [3],
  global_pool: ['token'],
  class_token: [true],
  pos_embed: ['learn'],
  reg_tokens: [0],
  no_embed_class: [false],
  pre_norm: [false],
  final_norm: [true],
  fc_norm: [false],
  qk_norm: [false],
  dynamic_img_pad: [false],
  act_layer: ['gelu'],
  norm_layer: ['layernorm'],
  mlp_layer: ['mlp'],
};

const Schema = v.object({
  architecture: v.string(),
  model_args: v.nullish(v.looseObject(READ), {}),
  pretrained_cfg: v.nullish(
    v.object({
      input_size: v.nullish(v.tuple([Count, Count, Count]), null),
      interpolation: v.nullish(v.string(), 'bicubic'),
      crop_pct: v.nullish(v.pipe(v.number(), v.minValue(0.1), v.maxValue(1)), 0.875),
      crop_mode: v.nullish(v.string(), 'center'),
      mean: v.nullish(Channels, [0.485, 0.456, 0.406]),
      std: v.nullish(
        v.pipe(
          Channels,
          v.everyItem(
            (value) => value > 0,
            () => FILE_CHECKS.notPositive,
          ),
        ),
        [0.229, 0.224, 0.225],
      ),
    }),
    {},
  ),
});

/** Files without pretrained_cfg are of the time when timm had its values beside the architecture. */
function withPretrainedConfig(json: unknown): unknown {
  const isOld = typeof json === 'object' && json !== null && !Object.hasOwn(json, 'pretrained_cfg');
  return isOld ? { ...json, pretrained_cfg: json } : json;
}

/** @throws ModelConfigError naming the arguments that make another network of it */
function refuseOthers(args: Readonly<Record<string, unknown>>): void {
  const refused = Object.entries(args)
    .filter(([key]) => !Object.hasOwn(READ, key) && !WITHOUT_EFFECT.test(key))
    .filter(([key, value]) => value !== null && !(Object.hasOwn(PLAIN, key) && PLAIN[key].includes(value)))
    .map(([key, value]) => `${key} ${JSON.stringify(value).slice(0, 60)}`);
  if (refused.length > 0)
    throw new ModelConfigError(
      FILE_CHECKS.timmArguments(`${CONFIG_FILE}, model_args`, refused.join(', '), Object.keys(READ).join(', ')),
    );
}

interface Shape {
  readonly size: readonly [number, number, number, number];
  readonly patch: number;
  readonly image: number;
}

function shapeOf(architecture: string): Shape {
  // "vit_tiny_patch16_224.augreg_in21k": the part after the dot is the training recipe.
  const name = architecture.replace(/\..*$/, '');
  if (name === TEST_VIT.name) return TEST_VIT;
  const match = PLAIN_VIT.exec(name);
  if (!match) throw new ModelConfigError(FILE_CHECKS.timmArchitecture(CONFIG_FILE, architecture));
  const [, size, patch, image] = match;
  return { size: SIZES[size], patch: Number(patch), image: image ? Number(image) : DINOV2_IMAGE };
}

/** @throws ModelConfigError for an architecture that is not one of timm's plain ViTs, or a value that makes no sense. */
export function parseTimmConfig(json: unknown): TimmConfig {
  const {
    architecture,
    model_args: args,
    pretrained_cfg: pretrained,
  } = validateJson(CONFIG_FILE, Schema, withPretrainedConfig(json));
  refuseOthers(args);
  const named = shapeOf(architecture);
  const shape = { image: named.image, patch: args.patch_size ?? named.patch };
  const [namedWidth, namedLayers, namedHeads, namedRatio] = named.size;
  const [width, layers, heads] = [
    args.embed_dim ?? namedWidth,
    args.depth ?? namedLayers,
    args.num_heads ?? namedHeads,
  ];
  if (width % heads !== 0)
    throw new ModelConfigError(
      FILE_CHECKS.notMultiple(`${CONFIG_FILE}, model_args`, 'embed_dim', width, 'num_heads', heads),
    );
  const [channels, height, inputWidth] = pretrained.input_size ?? [3, shape.image, shape.image];
  if (channels !== 3 || height !== inputWidth)
    throw new ModelConfigError(FILE_CHECKS.inputSize(CONFIG_FILE, `${channels}×${height}×${inputWidth}`));
  const imageSize = args.img_size ?? height;
  if (imageSize % shape.patch !== 0)
    throw new ModelConfigError(FILE_CHECKS.inputOfPatches(CONFIG_FILE, imageSize, shape.patch));
  if (!Object.hasOwn(FILTERS, pretrained.interpolation))
    throw new ModelConfigError(
      FILE_CHECKS.interpolation(CONFIG_FILE, pretrained.interpolation, Object.keys(FILTERS).join(', ')),
    );
  if (!Object.hasOwn(KEEPS_ASPECT, pretrained.crop_mode))
    throw new ModelConfigError(
      FILE_CHECKS.cropMode(CONFIG_FILE, pretrained.crop_mode, Object.keys(KEEPS_ASPECT).join(', ')),
    );
  return {
    modelType: 'timm',
    qkvBias: args.qkv_bias ?? true,
    vision: {
      layers,
      width,
      heads,
      mlpWidth: Math.trunc(width * (args.mlp_ratio ?? namedRatio)),
      tokens: 1 + (imageSize / shape.patch) ** 2,
      activation: 'gelu',
      layerNormEps: 1e-6,
      imageSize,
      patchSize: shape.patch,
      channels: 3,
    },
    input: {
      cropShare: pretrained.crop_pct,
      keepAspect: KEEPS_ASPECT[pretrained.crop_mode],
      filter: FILTERS[pretrained.interpolation],
      mean: pretrained.mean,
      std: pretrained.std,
    },
  };
}
