import { describe, expect, test } from 'vitest';
import { parseModelConfig } from './config.ts';
import type { ClipConfig } from './families/clip-config.ts';
import { readJsonFile } from '../../tests/support/files.ts';
import { defaultPreprocessing } from './preprocessing.ts';
import { ModelConfigError } from './validate-json.ts';

const golden = (folder: string) => parseModelConfig(readJsonFile(`tests/golden/${folder}/config.json`));

test('CLIP', () => {
  expect(golden('clip')).toEqual({
    modelType: 'clip',
    projection: 32,
    vision: {
      layers: 3,
      width: 64,
      mlpWidth: 256,
      heads: 1,
      tokens: 17,
      activation: 'quick_gelu',
      layerNormEps: 1e-5,
      imageSize: 32,
      patchSize: 8,
      channels: 3,
    },
    text: {
      layers: 2,
      width: 48,
      mlpWidth: 192,
      heads: 3,
      tokens: 16,
      activation: 'quick_gelu',
      layerNormEps: 1e-5,
      vocabulary: 120,
      endToken: 119,
    },
  });
});

test('CLIP defaults, and the old *_config_dict keys win', () => {
  const config = parseModelConfig({
    model_type: 'clip',
    vision_config: { hidden_size: 32, num_hidden_layers: 2, hidden_act: null },
    vision_config_dict: { hidden_size: 96, hidden_act: 'gelu' },
    text_config_dict: { num_hidden_layers: 3, hidden_act: 'gelu_pytorch_tanh' },
  }) as ClipConfig;
  expect(config.projection).toBe(512);
  expect(config.vision).toMatchObject({
    width: 96,
    layers: 2,
    mlpWidth: 3072,
    heads: 12,
    imageSize: 224,
    patchSize: 32,
  });
  expect(config.vision).toMatchObject({ activation: 'gelu', layerNormEps: 1e-5, tokens: 50 });
  expect(config.text).toMatchObject({ width: 512, layers: 3, mlpWidth: 2048, heads: 8, tokens: 77, vocabulary: 49408 });
  expect(config.text).toMatchObject({ activation: 'gelu_tanh', endToken: 49407 });
});

describe('the end token', () => {
  const endToken = (text_config: object) =>
    (parseModelConfig({ model_type: 'clip', text_config }) as ClipConfig).text.endToken;
  test.each([2, undefined])(
    'that early files call %s is the largest id of a prompt, with or without added tokens',
    (id) => {
      expect(endToken({ eos_token_id: id, vocab_size: 49408 })).toBe(49407);
      expect(endToken({ eos_token_id: id, vocab_size: 49410 })).toBe(49407);
      expect(endToken({ eos_token_id: id, vocab_size: 4179 })).toBe(4178);
    },
  );
  test('that is named is taken', () => {
    expect(endToken({ eos_token_id: 49409, vocab_size: 49410 })).toBe(49409);
  });
  test('of the bundled model has the largest id, so that either rule finds it', () => {
    const bundled = parseModelConfig(readJsonFile('public/backbones/emoji-clip/config.json')) as ClipConfig;
    expect(bundled.text.endToken).toBe(bundled.text.vocabulary - 1);
  });
  test('is the only one that is read of a prompt: whatever pads it comes behind', () => {
    const config = readJsonFile('tests/golden/clip/config.json') as { text_config: object };
    const padded = { ...config, text_config: { ...config.text_config, pad_token_id: -1 } };
    expect(parseModelConfig(padded)).toEqual(golden('clip'));
  });
  test('outside the vocabulary', () => {
    expect(() => endToken({ eos_token_id: 100, vocab_size: 100 })).toThrow(/eos_token_id 100 lies outside/);
  });
});

test('ViT and DINOv2', () => {
  expect(golden('vit')).toMatchObject({ modelType: 'vit', qkvBias: true });
  expect(golden('vit').vision).toMatchObject({ width: 48, mlpWidth: 192, activation: 'gelu', layerNormEps: 1e-6 });
  expect(parseModelConfig({ model_type: 'vit' }).vision).toMatchObject({
    layerNormEps: 1e-12,
    tokens: 197,
    mlpWidth: 3072,
  });
  expect(golden('dinov2').vision).toMatchObject({ width: 48, mlpWidth: 192, tokens: 17 });
  const large = parseModelConfig({ model_type: 'dinov2', image_size: 518 });
  expect(large.vision).toMatchObject({ layerNormEps: 1e-6, patchSize: 14, tokens: 1 + 37 * 37, mlpWidth: 3072 });
});

test("timm's names stand for sizes; its own images for the preparation", () => {
  const tiny = parseModelConfig({
    architecture: 'vit_tiny_patch16_224.augreg_in21k',
    pretrained_cfg: { input_size: [3, 224, 224], crop_pct: 0.9, interpolation: 'bicubic', mean: [0.5, 0.5, 0.5] },
  });
  expect(tiny).toMatchObject({
    modelType: 'timm',
    input: { cropShare: 0.9, mean: [0.5, 0.5, 0.5], std: [0.229, 0.224, 0.225] },
  });
  expect(tiny.vision).toMatchObject({
    width: 192,
    layers: 12,
    heads: 3,
    mlpWidth: 768,
    tokens: 197,
    layerNormEps: 1e-6,
  });
  expect(defaultPreprocessing(tiny)).toMatchObject({
    imageSize: 224,
    resizeTo: 248,
    keepAspect: true,
    filter: 'bicubic',
    cropRounding: 'even',
  });
  const shape = { width: 64, layers: 6, heads: 2, mlpWidth: 192, tokens: 101, imageSize: 160, patchSize: 16 };
  expect(parseModelConfig({ architecture: 'test_vit' }).vision).toMatchObject(shape);
  expect(parseModelConfig({ architecture: 'vit_small_patch14_dinov2' }).vision).toMatchObject({ tokens: 1 + 37 * 37 });
});

test("timm's old files have the preparation beside the architecture", () => {
  const values = { crop_pct: 1, interpolation: 'bilinear', mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] };
  const rest = { num_classes: 10, first_conv: 'patch_embed.proj', classifier: 'head', input_size: [3, 224, 224] };
  const architecture = 'vit_tiny_patch16_224';
  const old = parseModelConfig({ architecture, ...values, ...rest });
  expect(old).toEqual(parseModelConfig({ architecture, pretrained_cfg: values }));
  expect(old).toMatchObject({ input: { cropShare: 1, filter: 'bilinear', mean: [0.5, 0.5, 0.5] } });
});

test("timm's way of cropping", () => {
  const of = (crop_mode: string) =>
    parseModelConfig({ architecture: 'vit_tiny_patch16_224', pretrained_cfg: { crop_pct: 0.875, crop_mode } });
  expect(defaultPreprocessing(of('center'))).toMatchObject({ imageSize: 224, resizeTo: 256, keepAspect: true });
  expect(defaultPreprocessing(of('squash'))).toMatchObject({ imageSize: 224, resizeTo: 256, keepAspect: false });
  for (const mode of ['border', 'constructor'])
    expect(() => of(mode)).toThrow(`crop_mode “${mode}” is not supported; supported are center, squash.`);
});

test("timm's model_args replace what the name stands for", () => {
  const architecture = 'vit_small_patch16_224';
  const args = { patch_size: 8, embed_dim: 320, depth: 7, num_heads: 5, mlp_ratio: 2.5, img_size: 64, qkv_bias: false };
  const config = parseModelConfig({ architecture, model_args: { ...args, num_classes: 10, reg_tokens: 0 } });
  expect(config).toMatchObject({
    qkvBias: false,
    vision: { patchSize: 8, width: 320, layers: 7, heads: 5, mlpWidth: 800, imageSize: 64, tokens: 65 },
  });
  const plain = parseModelConfig({ architecture });
  expect(parseModelConfig({ architecture, model_args: { embed_dim: null, init_values: 1e-5 } })).toEqual(plain);
});

test('files without model_type are known by their class', () => {
  expect(parseModelConfig({ architectures: ['ViTForImageClassification'] }).modelType).toBe('vit');
  expect(parseModelConfig({ architectures: ['DeiTForImageClassificationWithTeacher'] }).modelType).toBe('deit');
  expect(parseModelConfig({ architectures: ['CLIPVisionModelWithProjection'] }).modelType).toBe('clip-vision');
});

test.each([
  [{ model_type: 'siglip' }, 'model_type “siglip” is not supported: it has no class token'],
  [{ model_type: 'bert' }, 'config.json: model_type “bert” is not supported. Supported are CLIP (model_type “clip”'],
  [{ model_type: 'clip_text_model' }, 'sees no images'],
  [{ architecture: 'resnet18' }, 'the timm architecture “resnet18” is not supported; supported are vit_ and deit_'],
  [{ architecture: 'vit_base_patch16_siglip_224' }, 'is not supported'],
  [{ architecture: 'deit_tiny_distilled_patch16_224' }, 'is not supported'],
  [
    { architecture: 'vit_tiny_patch16_224', pretrained_cfg: { input_size: [3, 224, 192] } },
    'three channels and a square',
  ],
  [{ architecture: 'vit_tiny_patch16_224', pretrained_cfg: { input_size: [3, 225, 225] } }, 'not a multiple'],
  [{ architecture: 'vit_tiny_patch16_224', pretrained_cfg: { std: [0, 1, 1] } }, 'pretrained_cfg.std'],
  [
    { architecture: 'vit_tiny_patch16_224', model_args: { reg_tokens: 4, act_layer: 'silu' } },
    'model_args: reg_tokens 4, act_layer "silu" not supported; read are img_size, patch_size, embed_dim',
  ],
  [
    { architecture: 'vit_tiny_patch16_224', model_args: { num_heads: 5 } },
    'model_args: embed_dim 192 is not a multiple of num_heads 5',
  ],
  [{ architecture: 'vit_tiny_patch16_224', model_args: { depth: 'deep' } }, 'model_args.depth'],
  [{ model_type: 'toString' }, 'model_type “toString” is not supported'],
  [{}, 'neither a model_type nor an architecture. Supported are CLIP'],
  [null, 'config.json, top level:'],
  [{ model_type: 'vit', hidden_size: 'big' }, 'config.json, hidden_size:'],
  [{ model_type: 'vit', hidden_size: 100, num_attention_heads: 3 }, 'hidden_size 100 is not a multiple of'],
  [{ model_type: 'vit', image_size: 100 }, 'image_size 100 is not a multiple of patch_size 16'],
  [{ model_type: 'vit', num_channels: 1 }, 'only RGB'],
  [{ model_type: 'vit', hidden_act: 'relu' }, 'hidden_act “relu” is not supported; supported are quick_gelu, gelu'],
  [{ model_type: 'clip', text_config: { vocab_size: -1 } }, 'config.json text_config, vocab_size:'],
  [{ model_type: 'dinov2', use_swiglu_ffn: true }, 'use_swiglu_ffn'],
])('%j is rejected', (json, message) => {
  expect(() => parseModelConfig(json)).toThrow(ModelConfigError);
  expect(() => parseModelConfig(json)).toThrow(message);
});
