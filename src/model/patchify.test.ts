import { expect, test } from 'vitest';
import { stream } from '../core/rng.ts';
import { patchify, patchifyPixelValues } from './patchify.ts';

const COUNT = 3;
const SIZE = 12;
const PATCH = 4;
const normalisation = { rescale: 1 / 255, mean: [0.4, 0.5, 0.6], std: [0.2, 0.25, 0.3] };
const rng = stream(1, 'analysis');
const pixels = new Uint8Array(COUNT * SIZE * SIZE * 3).map(() => rng.integer(256));

/** By definition: element (channel, row, column) of patch (py, px) of an image. */
function naive(at: (image: number, channel: number, y: number, x: number) => number): Float32Array {
  const out: number[] = [];
  for (let image = 0; image < COUNT; image++)
    for (let py = 0; py < SIZE / PATCH; py++)
      for (let px = 0; px < SIZE / PATCH; px++)
        for (let channel = 0; channel < 3; channel++)
          for (let y = 0; y < PATCH; y++)
            for (let x = 0; x < PATCH; x++) out.push(at(image, channel, py * PATCH + y, px * PATCH + x));
  return Float32Array.from(out);
}

const normalised = (image: number, channel: number, y: number, x: number) => {
  const value = pixels[((image * SIZE + y) * SIZE + x) * 3 + channel];
  return (value / 255 - normalisation.mean[channel]) / normalisation.std[channel];
};

test('bytes, against the definition', () => {
  const expected = naive(normalised);
  const patches = patchify(pixels, COUNT, SIZE, PATCH, normalisation);
  expect(patches).toHaveLength(expected.length);
  patches.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 6));
});

test('pixel values, against the definition', () => {
  const values = new Float32Array(pixels.length);
  for (let i = 0; i < values.length; i++) values[i] = rng.normal();
  const at = (image: number, channel: number, y: number, x: number) =>
    values[((image * 3 + channel) * SIZE + y) * SIZE + x];
  expect(patchifyPixelValues(values, COUNT, SIZE, PATCH)).toEqual(naive(at));
});

test('one patch as large as the image, and no images', () => {
  expect(patchify(pixels.subarray(0, SIZE * SIZE * 3), 1, SIZE, SIZE, normalisation)).toHaveLength(SIZE * SIZE * 3);
  expect(patchify(new Uint8Array(0), 0, SIZE, PATCH, normalisation)).toHaveLength(0);
});

test('sizes that do not fit', () => {
  expect(() => patchify(pixels, COUNT, SIZE, 5, normalisation)).toThrow(/12 px cannot be cut into patches of 5 px/);
  expect(() => patchify(pixels, 2, SIZE, PATCH, normalisation)).toThrow(RangeError);
  expect(() => patchifyPixelValues(new Float32Array(5), 1, SIZE, PATCH)).toThrow(/have 432 values, got 5/);
});
