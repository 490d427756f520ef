import { describe, expect, it } from 'vitest';
import type { DroppedDataset } from '../../data/dataset/dropped.ts';
import { imageChanges, imagesOf } from './images-diff.ts';

const SIZE = 4;
const pixelsOf = (count: number, of: number) => new Uint8Array(count * SIZE * SIZE * 3).fill(of);

/** Eight images of two classes: five to train, one to validate, two to test. */
const base: DroppedDataset = {
  name: 'fruit',
  imageSize: SIZE,
  classes: ['limes', 'plums'],
  prompts: ['a lime', 'a plum'],
  pixels: Uint8Array.from({ length: 8 * SIZE * SIZE * 3 }, (_, i) => Math.floor(i / (SIZE * SIZE * 3))),
  labels: Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1),
  split: Uint8Array.of(0, 0, 1, 2, 0, 0, 0, 2),
  others: [{ name: 'night', pixels: pixelsOf(2, 9), labels: Int32Array.of(0, 1) }],
};

const told = (changes: Partial<DroppedDataset>, testsDomains = true) =>
  imageChanges(imagesOf(base), imagesOf({ ...base, ...changes }), testsDomains).map(
    ({ label, from, to, affects }) => `${label} ${from} → ${to} (${affects})`,
  );

describe('changes of own images', () => {
  it('are read once per data set', () => {
    expect(imagesOf(base)).toBe(imagesOf(base));
    expect(imagesOf({ ...base })).not.toBe(imagesOf(base));
  });

  it('are none for the same images, whatever they are called', () => {
    expect(told({ pixels: base.pixels.slice(), name: 'market' })).toEqual([]);
  });

  it('name how many images train, validate and test', () => {
    expect(told({ split: Uint8Array.of(0, 1, 1, 2, 0, 0, 0, 2) })).toEqual([
      'training images 5 → 4 (training)',
      'validation images 1 → 2 (training)',
    ]);
  });

  it('tell another split, other labels and other images of the same numbers', () => {
    const other = ['images and their split  → changed (training)'];
    expect(told({ split: Uint8Array.of(0, 0, 2, 1, 0, 0, 0, 2) })).toEqual(other);
    expect(told({ labels: Int32Array.of(0, 0, 0, 1, 0, 1, 1, 1) })).toEqual(other);
    expect(told({ pixels: base.pixels.map((value) => value + 1) })).toEqual(other);
  });

  it('name classes that are renamed, merged or left out', () => {
    expect(told({ classes: ['limes', 'sloes'] })).toEqual(['classes limes, plums → limes, sloes (training)']);
  });

  it('name domains that come, go and change, where both studies test on them', () => {
    const more = [...base.others!, { name: 'snow', pixels: pixelsOf(1, 3), labels: Int32Array.of(0) }];
    expect(told({ others: more })).toEqual(['domain snow – → 1 image (analyses)']);
    expect(told({ others: [] })).toEqual(['domain night 2 images → – (analyses)']);
    expect(told({ others: [{ ...base.others![0], pixels: pixelsOf(2, 8) }] })).toEqual([
      'domain night  → changed (analyses)',
    ]);
    expect(told({ others: more }, false)).toEqual([]);
  });

  it('are not those of another input size, which the settings tell', () => {
    const side = 2 * SIZE;
    expect(
      told({
        imageSize: side,
        pixels: new Uint8Array(8 * side * side * 3),
        others: [{ ...base.others![0], pixels: new Uint8Array(2 * side * side * 3) }],
      }),
    ).toEqual([]);
  });

  it('are none where the images of the result are not known', () => {
    expect(imageChanges(null, imagesOf(base), true)).toEqual([]);
  });
});
