import { describe, expect, test } from 'vitest';
import { parseModelConfig } from './config.ts';
import { prepareImage } from './prepare-image.ts';
import { defaultPreprocessing, parsePreprocessing } from './preprocessing.ts';
import { ModelConfigError } from './validate-json.ts';

const clip = parseModelConfig({ model_type: 'clip' });
const vit = parseModelConfig({ model_type: 'vit' });
const deit = parseModelConfig({ model_type: 'deit' });
const dinov2 = parseModelConfig({ model_type: 'dinov2', image_size: 518 });

describe('parsePreprocessing', () => {
  test('the forms size and crop_size take', () => {
    const shape = (json: object, config = clip) => {
      const { imageSize, resizeTo, keepAspect } = parsePreprocessing(json, config);
      return { imageSize, resizeTo, keepAspect };
    };
    const cropped = { imageSize: 224, resizeTo: 256, keepAspect: true };
    expect(shape({ size: 256, crop_size: 224 })).toEqual(cropped);
    expect(shape({ size: { shortest_edge: 256 }, crop_size: { height: 224, width: 224 } }, dinov2)).toEqual(cropped);
    expect(shape({ size: { shortest_edge: 256 }, crop_size: 224, do_center_crop: false })).toEqual({
      ...cropped,
      imageSize: 256,
    });
    expect(shape({ size: { height: 256, width: 256 }, crop_size: 224 })).toEqual({ ...cropped, keepAspect: false });
    expect(shape({ size: 224, crop_size: 192 }, vit)).toEqual({ imageSize: 224, resizeTo: 224, keepAspect: false });
    expect(shape({ crop_size: 112 }, dinov2)).toEqual({ imageSize: 112, resizeTo: 128, keepAspect: true });
  });

  test('a silent file takes what the family does', () => {
    for (const config of [clip, vit, dinov2])
      expect(parsePreprocessing({}, config)).toEqual(defaultPreprocessing(config));
    expect(defaultPreprocessing(dinov2)).toMatchObject({
      imageSize: 224,
      resizeTo: 256,
      filter: 'bicubic',
    });
    expect(defaultPreprocessing(vit)).toMatchObject({ resizeTo: 224, keepAspect: false, filter: 'bilinear' });
    expect(defaultPreprocessing(clip)).toMatchObject({ resizeTo: 224, keepAspect: true });
  });

  test('normalises as each family was trained', () => {
    const ofFamily = (config = clip) => {
      const { mean, std } = defaultPreprocessing(config);
      return { mean, std };
    };
    const imagenet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
    expect(ofFamily(clip)).toEqual({
      mean: [0.48145466, 0.4578275, 0.40821073],
      std: [0.26862954, 0.26130258, 0.27577711],
    });
    expect(ofFamily(vit)).toEqual({ mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] });
    expect([dinov2, deit].map(ofFamily)).toEqual([imagenet, imagenet]);
  });

  test('filter and normalisation', () => {
    expect(parsePreprocessing({ resample: 2, image_mean: [0, 0.1, 0.2], image_std: [1, 2, 3] }, clip)).toMatchObject({
      filter: 'bilinear',
      rescale: 1 / 255,
      mean: [0, 0.1, 0.2],
      std: [1, 2, 3],
    });
    const raw = parsePreprocessing({ do_rescale: false, do_normalize: false, image_mean: [9, 9, 9] }, clip);
    expect(raw).toMatchObject({ rescale: 1, mean: [0, 0, 0], std: [1, 1, 1] });
  });

  test.each([
    [{ resample: 1 }, /resample: filter 1/],
    [{ image_std: [1, 0, 1] }, /image_std/],
    [{ image_mean: [1, 2] }, /image_mean/],
    [{ size: { height: 10, width: 20 } }, /size: 10×20 is not square/],
    [{ size: 100, crop_size: 200 }, /crop_size 200 is larger/],
    [{ size: 'big' }, /preprocessor_config.json, size/],
  ])('%j is rejected', (json, message) => {
    const parse = () => parsePreprocessing(json, clip);
    expect(parse).toThrow(ModelConfigError);
    expect(parse).toThrow(message);
  });
});

describe('prepareImage', () => {
  const base = { ...defaultPreprocessing(clip), filter: 'box' as const };
  /** Red tells the column, green the row. */
  const ramp = (height: number, width: number) =>
    new Uint8Array(height * width * 3).map((_, i) => [((i / 3) | 0) % width, (i / 3 / width) | 0, 0][i % 3]);

  test('cuts out the middle', () => {
    const out = prepareImage(ramp(4, 8), 4, 8, { ...base, imageSize: 4, resizeTo: 4, keepAspect: true });
    expect(out).toHaveLength(48);
    expect([...out.subarray(0, 3)]).toEqual([2, 0, 0]);
    expect([...out.subarray(45)]).toEqual([5, 3, 0]);
  });
  test('an odd margin is larger at the end', () => {
    const out = prepareImage(ramp(7, 4), 7, 4, { ...base, imageSize: 4, resizeTo: 4, keepAspect: true });
    expect(out[1]).toBe(1);
  });
  test('or is halved to the even pixel, as timm does', () => {
    const firstRow = (height: number) => {
      const geometry = { ...base, imageSize: 4, resizeTo: 4, keepAspect: true, cropRounding: 'even' as const };
      return prepareImage(ramp(height, 4), height, 4, geometry)[1];
    };
    expect([4, 5, 6, 7, 8, 9, 11].map(firstRow)).toEqual([0, 0, 1, 2, 2, 2, 4]);
  });
  test('or squeezes', () => {
    const out = prepareImage(ramp(4, 8), 4, 8, { ...base, imageSize: 4, resizeTo: 4, keepAspect: false });
    expect([out[0], out[3], out[6], out[9]]).toEqual([1, 3, 5, 7]); // means of two, rounded half up
  });
  test('an image of one pixel is enlarged', () => {
    const out = prepareImage(Uint8Array.of(1, 2, 3), 1, 1, { ...base, imageSize: 2, resizeTo: 2 });
    expect([...out]).toEqual([1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3]);
  });
  test('an extremely elongated image is refused', () => {
    expect(() => prepareImage(new Uint8Array(3 * 1000), 1, 1000, { ...base, keepAspect: true })).toThrow(
      /too elongated/,
    );
  });
});
