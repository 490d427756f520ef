import { describe, expect, it, vi } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import type { DroppedDataset } from '../../data/dataset/dropped.ts';
import { taskFromDropped } from '../../data/dataset/dropped.ts';
import { imagesDigest } from '../../data/image/images-digest.ts';
import { packLabels } from '../../study/predictions/answers.ts';
import { bundledPictures, ownPictures } from './drawn-pictures.ts';
import { testSetOf } from './own-test-set.ts';
import { ALL_SHOTS } from '../../data/shots.ts';

const dataset: DroppedDataset = {
  name: 'pets',
  imageSize: 2,
  classes: ['cat', 'dog'],
  prompts: ['a cat', 'a dog'],
  pixels: Uint8Array.from({ length: 6 * 12 }, (_, i) => i),
  labels: Int32Array.of(0, 1, 0, 1, 0, 1),
  split: Uint8Array.of(0, 2, 2, 1, 0, 2),
};
const { task } = studyResultFixture();
const result = { task: { ...task, name: 'pets', classes: ['cat', 'dog'], test: 3 } };

it('pictures of a bundled task are drawn once, whatever settings are written into the address', () => {
  let workers = 0;
  class Silent extends EventTarget {
    constructor() {
      super();
      workers++;
    }
    postMessage(): void {}
    terminate(): void {}
  }
  vi.stubGlobal('Worker', Silent);
  const shown = studyResultFixture();
  const first = bundledPictures(shown, 'https://example.org/copra/?preset=why');
  expect(first).not.toBeNull();
  expect(bundledPictures(shown, 'https://example.org/copra/?preset=why&steps=20#run')).toBe(first);
  expect(workers).toBe(1);
});

it('own pictures are the test images of the task, in order', () => {
  const { test } = taskFromDropped(dataset, ALL_SHOTS);
  const pictures = ownPictures(result, dataset)!;
  const drawn = [0, 1, 2].flatMap((place) => [...pictures.at(place)!]);
  expect(drawn).toEqual([...test.pixels]);
  expect(pictures.at(3)).toBeNull();
});

it('there are none when the images at hand are others', () => {
  expect(ownPictures(result, null)).toBeNull();
  expect(ownPictures({ task: { ...result.task, name: 'plants' } }, dataset)).toBeNull();
  expect(ownPictures({ task: { ...result.task, classes: ['cat', 'fox'] } }, dataset)).toBeNull();
  expect(ownPictures({ task: { ...result.task, test: 4 } }, dataset)).toBeNull();
  const labels = taskFromDropped(dataset, ALL_SHOTS).test.labels;
  expect(ownPictures({ task: { ...result.task, labels: packLabels(labels) } }, dataset)).not.toBeNull();
  const others = packLabels(labels.map((label) => 1 - label));
  expect(ownPictures({ task: { ...result.task, labels: others } }, dataset)).toBeNull();
});

describe('a result that knows its images', () => {
  const { test } = taskFromDropped(dataset, ALL_SHOTS);
  const known = { task: { ...result.task, testDigest: imagesDigest(test, [0, 1, 2]) } };

  it('has those alone, whatever they and their classes are called', () => {
    expect(ownPictures(known, dataset)).not.toBeNull();
    expect(ownPictures(known, { ...dataset, name: 'animals', classes: ['kitten', 'dog'] })).not.toBeNull();
    // Another split with equal labels, and other pixels.
    expect(ownPictures(known, { ...dataset, split: Uint8Array.of(2, 2, 0, 1, 0, 2) })).toBeNull();
    expect(ownPictures(known, { ...dataset, pixels: dataset.pixels.map((value) => value + 1) })).toBeNull();
  });

  it('keeps its own, whatever becomes of those at hand', () => {
    const kept = [
      testSetOf({ ...dataset, pixels: dataset.pixels.map((value) => value + 1) }, null),
      testSetOf(dataset, null),
    ];
    const larger = { ...dataset, imageSize: 4, pixels: new Uint8Array(6 * 48) };
    for (const atHand of [dataset, larger, null]) {
      const pictures = ownPictures(known, atHand, kept)!;
      expect(pictures.size).toBe(2);
      expect([0, 1, 2].flatMap((place) => [...pictures.at(place)!])).toEqual([...test.pixels]);
      expect(pictures.at(3)).toBeNull();
    }
    // An older result does not know which of them are its own.
    expect(ownPictures(result, null, kept)).toBeNull();
    // A study may test fewer than there are.
    const two = { task: { ...known.task, test: 2, testDigest: imagesDigest(test, [0, 1]) } };
    expect(ownPictures(two, larger, kept)).toBeNull();
    expect(ownPictures(two, larger, [testSetOf(dataset, 2)])!.at(1)).toEqual(test.pixels.subarray(12, 24));
  });

  it('has the images at hand although a file brought copies, which an older result is surer of', () => {
    const pictures = { places: [0], size: 2, pixels: '' };
    expect(ownPictures({ task: { ...known.task, pictures } }, dataset)).not.toBeNull();
    expect(ownPictures({ task: { ...result.task, pictures } }, dataset)).toBeNull();
  });
});
