/** DeiT's distillation token, which no device knows of: it is a blank patch whose position holds it. */
import { expect, test } from 'vitest';
import { parseModelConfig } from './config.ts';
import { readJsonFile } from '../../tests/support/files.ts';
import { readTensors } from './test-golden-files.ts';
import { factsOf } from './facts-of.ts';
import { atSize } from './model-facts.ts';
import { neededTensors } from './needed-tensors.ts';
import { patchify } from './patchify.ts';
import { defaultPreprocessing, parsePreprocessing } from './preprocessing.ts';
import { readCheckpoint } from './read-checkpoint.ts';
import { parseSafetensors } from './safetensors.ts';
import { writeSafetensors, type OutputTensor } from './write-safetensors.ts';

const WIDTH = 48;
const json = { ...(readJsonFile('tests/golden/vit/config.json') as object), model_type: 'deit' };
const config = parseModelConfig(json);

/** The golden ViT as DeiTForImageClassificationWithTeacher would be saved. */
function distilled() {
  const vit = readTensors('tests/golden/vit/model.safetensors');
  const tensors: Record<string, OutputTensor> = {};
  for (const [name, { shape }] of vit.tensors)
    if (name.startsWith('vit.')) tensors[name.replace('vit.', 'deit.')] = { shape, data: vit.float32(name) };
  const wave = (count: number, pace: number) => Float32Array.from({ length: count }, (_, i) => Math.sin(pace * i));
  tensors['deit.embeddings.distillation_token'] = { shape: [1, 1, WIDTH], data: wave(WIDTH, 0.7) };
  tensors['deit.embeddings.position_embeddings'] = { shape: [1, 18, WIDTH], data: wave(18 * WIDTH, 0.3) };
  for (const head of ['cls_classifier', 'distillation_classifier'])
    tensors[`${head}.weight`] = { shape: [2, WIDTH], data: wave(2 * WIDTH, 0.1) };
  return parseSafetensors(writeSafetensors(tensors));
}
const file = distilled();
const read = (name: string) => file.float32(`deit.embeddings.${name}`);

/** Row `index` of [tokens, width] as assembled from class token, embedded patches and positions. */
function tokenRow(index: number, patches: Float32Array, imageSize: number): number[] {
  const { vision } = readCheckpoint(config, file, imageSize);
  const { weight, bias, inFeatures } = vision.patchEmbedding;
  return Array.from({ length: WIDTH }, (_, d) => {
    const position = vision.positions[index * WIDTH + d];
    if (index === 0) return vision.classToken[d] + position;
    let sum = bias![d] + position;
    for (let i = 0; i < inFeatures; i++) sum += weight[d * inFeatures + i] * patches[(index - 1) * inFeatures + i];
    return sum;
  });
}

test('the second token of every image is the distillation token at its position', () => {
  const { blankPatches, tokens, imageSize, patchSize } = config.vision;
  expect([blankPatches, tokens]).toEqual([1, 18]);
  const pixels = new Uint8Array(2 * imageSize ** 2 * 3).map((_, i) => (7 * i) % 251);
  const normalisation = { rescale: 1 / 255, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] };
  const patches = patchify(pixels, 2, imageSize, patchSize, normalisation, blankPatches);
  const plain = patchify(pixels, 2, imageSize, patchSize, normalisation);
  const stride = patches.length / 2;
  const [token, positions] = [read('distillation_token'), read('position_embeddings')];
  for (const image of [0, 1]) {
    const mine = patches.subarray(image * stride, (image + 1) * stride);
    tokenRow(1, mine, imageSize).forEach((value, d) => expect(value).toBeCloseTo(token[d] + positions[WIDTH + d], 5));
    // and the patches follow it, unchanged
    const length = stride / 17;
    expect(mine.subarray(length)).toEqual(plain.subarray(image * 16 * length, (image + 1) * 16 * length));
  }
});

test('another image size interpolates the patches and keeps both tokens', () => {
  const { vision } = readCheckpoint(config, file, 48);
  expect(vision.config).toMatchObject({ imageSize: 48, tokens: 38 });
  expect(vision.positions).toHaveLength(38 * WIDTH);
  expect(vision.positions.subarray(0, WIDTH)).toEqual(read('position_embeddings').subarray(0, WIDTH));
  const facts = factsOf(config, defaultPreprocessing(config), 1);
  expect(facts).toMatchObject({ family: 'DeiT', vision: { tokens: 18 } });
  expect(atSize(facts, 48).vision.tokens).toBe(38);
});

test('its classifiers are neither read nor fetched', () => {
  const backbone = readCheckpoint(config, file);
  expect(backbone).toMatchObject({ kind: 'vit', classifier: null });
  const needed = neededTensors(config, file);
  expect(needed).toContain('deit.embeddings.distillation_token');
  expect(needed.filter((name) => name.includes('classifier'))).toEqual([]);
});

test('a checkpoint without the token says so', () => {
  const vit = readTensors('tests/golden/vit/model.safetensors');
  expect(() => readCheckpoint(config, vit)).toThrow(/no tensor “deit\.embeddings/);
});

test('images are prepared as its files say: a square, then its middle', () => {
  const published = { size: 256, crop_size: 224, do_center_crop: true, resample: 3, image_mean: [0.485, 0.456, 0.406] };
  expect(parsePreprocessing(published, parseModelConfig({ model_type: 'deit' }))).toMatchObject({
    imageSize: 224,
    resizeTo: 256,
    keepAspect: false,
    filter: 'bicubic',
  });
});
