import { expect, test } from 'vitest';
import { parseModelConfig } from './config.ts';
import { factsOf } from './facts-of.ts';
import { atSize, geometryOf, trainingBytes, trainingFlops } from './model-facts.ts';
import { defaultPreprocessing } from './preprocessing.ts';

const config = parseModelConfig({
  model_type: 'vit',
  hidden_size: 192,
  num_attention_heads: 3,
  intermediate_size: 768,
});
const facts = factsOf(config, defaultPreprocessing(config), 5_700_000);

test('published numbers of ViT tiny', () => {
  // A multiplication and an addition each count: twice the 1.26 G published for a forward pass, and as much again for the backward.
  expect(trainingFlops(facts, 1) / 4).toBeCloseTo(1.25e9, -8);
  expect(trainingFlops(facts, 32)).toBe(32 * trainingFlops(facts, 1));
});

test('half the side costs about a quarter', () => {
  const half = atSize(facts, 112);
  expect(half.vision.tokens).toBe(50);
  const ratio = trainingFlops(facts, 1) / trainingFlops(half, 1);
  expect(ratio).toBeGreaterThan(4);
  expect(ratio).toBeLessThan(5);
  expect(trainingBytes(half, 4, 32)).toBeLessThan(trainingBytes(facts, 4, 32) / 3);
});

test('images are prepared as the model says, at any size', () => {
  const vit = { imageSize: 224, resizeTo: 224, keepAspect: false, filter: 'bilinear', cropRounding: 'down' };
  expect(geometryOf(facts, 224)).toEqual(vit);
  const timm = parseModelConfig({ architecture: 'vit_tiny_patch16_224', pretrained_cfg: { crop_pct: 0.9 } });
  const own = factsOf(timm, defaultPreprocessing(timm), 1);
  const ofTimm = { imageSize: 112, resizeTo: 124, keepAspect: true, filter: 'bicubic', cropRounding: 'even' };
  expect(geometryOf(own, 112)).toEqual(ofTimm);
  const { geometry, ...old } = own;
  expect(geometry).toBeDefined();
  expect(geometryOf(old, 64)).toMatchObject({ imageSize: 64, resizeTo: 64, keepAspect: true });
});
