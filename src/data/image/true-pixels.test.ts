import { expect, it } from 'vitest';
import { stream } from '../../core/rng.ts';
import { requireTruePixels, tellsTruth } from './true-pixels.ts';

/** What is drawn on a canvas that tells what was put on it, changed. */
function telling(change: (value: number, i: number) => number) {
  let put = new Uint8ClampedArray();
  return {
    createImageData: (width: number, height: number) => new ImageLike(new Uint8ClampedArray(4 * width * height)),
    putImageData: ({ data }: ImageLike) => void (put = data.slice()),
    getImageData: () => new ImageLike(put.map(change)),
  } as unknown as CanvasRenderingContext2D;
}

class ImageLike {
  constructor(readonly data: Uint8ClampedArray) {}
}

it('tells noise, and what is white all over, from pixels that are true or a level away', () => {
  const noise = stream(0, 'analysis');
  expect(tellsTruth(telling(() => Math.floor(256 * noise.uniform())))).toBe(false);
  expect(tellsTruth(telling(() => 255))).toBe(false);
  expect(tellsTruth(telling((value) => value))).toBe(true);
  expect(tellsTruth(telling((value, i) => (i % 3 === 0 ? value ^ 1 : value)))).toBe(true);
});

it('lets pass what tests run in: Chromium, and Node without a canvas', () => {
  expect(requireTruePixels).not.toThrow();
});
