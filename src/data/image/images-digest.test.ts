import { expect, it } from 'vitest';
import { imagesDigest } from './images-digest.ts';

const IMAGES = 5;
const images = {
  pixels: Uint8Array.from({ length: IMAGES * 48 }, (_, i) => (7 * i) % 256),
  labels: Int32Array.of(0, 1, 0, 1, 1),
};

it('names some images by their pixels, their labels and their order, whichever others lie beside them', () => {
  const name = imagesDigest(images, [0, 2, 3]);
  const alone = {
    pixels: Uint8Array.of(...images.pixels.subarray(0, 48), ...images.pixels.subarray(96, 192)),
    labels: Int32Array.of(0, 0, 1),
  };
  expect(imagesDigest(alone, [0, 1, 2])).toBe(name);
  const others = [
    imagesDigest(images, [2, 0, 3]),
    imagesDigest(images, [0, 2]),
    imagesDigest(images, [0, 2, 4]),
    imagesDigest({ ...images, labels: Int32Array.of(1, 1, 0, 1, 1) }, [0, 2, 3]),
    imagesDigest({ ...images, pixels: images.pixels.with(100, 9) }, [0, 2, 3]),
  ];
  expect(new Set([name, ...others]).size).toBe(6);
});

it.each([0, 1, 2])('tells images apart by channel %i alone, however many there are', (channel) => {
  for (const million of [1, 3, 4, 9, 10]) {
    const side = Math.round(Math.sqrt((million * 2 ** 20) / 3));
    const blank = { pixels: new Uint8Array(3 * side * side), labels: Int32Array.of(0) };
    const changed = { ...blank, pixels: blank.pixels.map((_, i) => (i % 3 === channel ? 255 : 0)) };
    expect([million, imagesDigest(changed, [0])]).not.toEqual([million, imagesDigest(blank, [0])]);
  }
});

it('tells large images apart by a part of their pixels, and names no images at all', () => {
  const large = { pixels: new Uint8Array(3 * 1000 * 1000), labels: Int32Array.of(0) };
  const other = { ...large, pixels: new Uint8Array(large.pixels.length).fill(1) };
  expect(imagesDigest(large, [0])).not.toBe(imagesDigest(other, [0]));
  expect(imagesDigest({ pixels: new Uint8Array(0), labels: new Int32Array(0) }, [])).toMatch(/^[\d.a-z]+$/);
});
