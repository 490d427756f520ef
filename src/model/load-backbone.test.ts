import { expect, test } from 'vitest';
import type { ClipBackbone } from './backbone.ts';
import { filesIn, readBytes } from '../../tests/support/files.ts';
import { readTensors } from './test-golden-files.ts';
import { loadBackbone, loadModelConfig, type FileReader } from './load-backbone.ts';
import { patchifyPixelValues } from './patchify.ts';

const reader =
  (folder: string): FileReader =>
  (file) => {
    return Promise.resolve(filesIn(folder).includes(file) ? readBytes(`${folder}/${file}`).buffer : null);
  };

test('the bundled backbone', async () => {
  const { backbone, config, preprocessing, tokenizer } = await loadBackbone(reader('public/backbones/emoji-clip'));
  const clip = backbone as ClipBackbone;
  expect(config.modelType).toBe('clip');
  expect(clip.vision.config).toMatchObject({
    layers: 12,
    width: 64,
    heads: 4,
    tokens: 17,
    imageSize: 32,
    patchSize: 8,
  });
  expect(clip.text.config).toMatchObject({ layers: 4, width: 64, tokens: 20, vocabulary: 4179, endToken: 4178 });
  expect(clip.visionProjection.outFeatures).toBe(64);
  expect(preprocessing).toEqual({
    imageSize: 32,
    resizeTo: 32,
    keepAspect: true,
    filter: 'bicubic',
    cropRounding: 'down',
    rescale: 0.00392156862745098,
    mean: [0.5, 0.5, 0.5],
    std: [0.28, 0.28, 0.28],
  });
  expect([...(tokenizer?.encodePrompts(['red'], 4, 4178, 0) ?? [])]).toEqual([1, 207, 4178, 0]);
  const check = readTensors('tests/golden/emoji-clip/check.safetensors');
  expect(patchifyPixelValues(check.float32('pixel_values'), 4, 32, 8)).toHaveLength(4 * 16 * 192);
});

test('folders without preprocessing and tokenizer', async () => {
  const clip = await loadBackbone(reader('tests/golden/clip'));
  expect(clip.tokenizer).toBeNull();
  expect(clip.preprocessing).toMatchObject({ imageSize: 32, resizeTo: 32 });
  expect((await loadBackbone(reader('tests/golden/vit'))).backbone.kind).toBe('vit');
  expect((await loadBackbone(reader('tests/golden/dinov2'))).preprocessing).toMatchObject({
    imageSize: 32,
    resizeTo: 37,
  });
});

test('the preparation of images may lie in the configuration of the processor, as transformers 5 writes it', async () => {
  const clip = reader('tests/golden/clip');
  const withFiles =
    (files: Record<string, unknown>): FileReader =>
    (file) =>
      file in files ? Promise.resolve(new TextEncoder().encode(JSON.stringify(files[file])).buffer) : clip(file);
  const images = { size: { shortest_edge: 40 }, crop_size: { height: 32, width: 32 }, image_mean: [0.5, 0.5, 0.5] };
  const nested = { 'processor_config.json': { processor_class: 'CLIPProcessor', image_processor: images } };
  const expected = { resizeTo: 40, imageSize: 32, mean: [0.5, 0.5, 0.5] };
  expect((await loadModelConfig(withFiles(nested))).preprocessing).toMatchObject(expected);
  const both = { ...nested, 'preprocessor_config.json': { image_mean: [0.1, 0.1, 0.1] } };
  expect((await loadModelConfig(withFiles(both))).preprocessing).toMatchObject(expected); // as in transformers
  const old = { 'processor_config.json': { processor_class: 'CLIPProcessor' } };
  expect((await loadModelConfig(withFiles(old))).preprocessing).toEqual((await loadModelConfig(clip)).preprocessing);
  const oldWithBoth = { ...both, ...old };
  expect((await loadModelConfig(withFiles(oldWithBoth))).preprocessing).toMatchObject({ mean: [0.1, 0.1, 0.1] });
  const wrong = { 'processor_config.json': { image_processor: { size: 'big' } } };
  await expect(loadModelConfig(withFiles(wrong))).rejects.toThrow(/processor_config.json, image_processor, size/);
});

test('what is wrong with a folder is said', async () => {
  const clip = reader('tests/golden/clip');
  const without =
    (name: string, instead: ArrayBuffer | null): FileReader =>
    (file) =>
      file === name ? Promise.resolve(instead) : clip(file);
  const html = new TextEncoder().encode('<!doctype html>').buffer;
  await expect(loadBackbone(without('config.json', null))).rejects.toThrow('The model folder has no config.json.');
  await expect(loadBackbone(without('model.safetensors', null))).rejects.toThrow('no model.safetensors');
  await expect(loadBackbone(without('config.json', html))).rejects.toThrow(
    /^config.json came as a web page: .* log in first/,
  );
  await expect(loadBackbone(without('model.safetensors', html))).rejects.toThrow(/Header length/);
  await expect(loadBackbone(without('tokenizer.json', html))).rejects.toThrow(/^tokenizer.json came as a web page/);
});
