import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DroppedDataset } from './dropped.ts';
import { decodeDropped, encodeDropped } from './dropped-file.ts';

const dataset: DroppedDataset = {
  name: 'Žluté and 猫',
  imageSize: 2,
  classes: ['a', '猫'],
  prompts: ['a photo of a', 'a photo of 猫'],
  pixels: Uint8Array.from({ length: 3 * 12 }, (_, i) => (i * 37) % 256),
  labels: Int32Array.of(0, 1, 1),
  split: Uint8Array.of(0, 2, 1),
};

test('a data set comes back as it was', async () => {
  expect(decodeDropped(await encodeDropped(dataset).arrayBuffer())).toEqual(dataset);
});

const domains = [
  { name: 'camera 2', pixels: Uint8Array.from({ length: 24 }, (_, i) => i), labels: Int32Array.of(1, 0) },
  { name: '猫', pixels: Uint8Array.from({ length: 12 }, (_, i) => 255 - i), labels: Int32Array.of(1) },
];

test('its domains come back too, and are cut as little', async () => {
  const bytes = await encodeDropped({ ...dataset, others: domains }).arrayBuffer();
  expect(decodeDropped(bytes)).toEqual({ ...dataset, others: domains });
  for (const less of [1, 12, 40]) expect(() => decodeDropped(bytes.slice(0, -less))).toThrow('are damaged');
});

test('look-alikes come back too, and pages that know none read the images all the same', async () => {
  const motifs = Int32Array.of(0, 4, 0);
  const own = {
    ...dataset,
    motifs,
    others: domains.map((domain) => ({ ...domain, motifs: domain.labels.map(() => 9) })),
  };
  expect(decodeDropped(await encodeDropped(own).arrayBuffer())).toEqual(own);
  const wrong = { ...dataset, motifs: motifs.slice(1) };
  const bytes = await encodeDropped(wrong).arrayBuffer();
  expect(() => decodeDropped(bytes)).toThrow('are damaged');
});

test('shared memory is no obstacle', async () => {
  const shared = new Uint8Array(new SharedArrayBuffer(dataset.pixels.length));
  shared.set(dataset.pixels);
  expect(decodeDropped(await encodeDropped({ ...dataset, pixels: shared }).arrayBuffer())).toEqual(dataset);
});

test('the names of files come back too, and pages that know none read the images all the same', async () => {
  const own = { ...dataset, files: ['a/1.jpg', '猫/2.jpg', '猫/3.jpg'] };
  expect(decodeDropped(await encodeDropped(own).arrayBuffer())).toEqual(own);
  const wrong = await encodeDropped({ ...own, files: ['a/1.jpg'] }).arrayBuffer();
  expect(() => decodeDropped(wrong)).toThrow('are damaged');
});

test('cut or foreign bytes are refused with a sentence', async () => {
  const bytes = await encodeDropped(dataset).arrayBuffer();
  fc.assert(
    fc.property(fc.integer({ min: 0, max: bytes.byteLength - 1 }), (length) => {
      expect(() => decodeDropped(bytes.slice(0, length))).toThrow('are damaged');
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (noise) => {
      expect(() => decodeDropped(noise.slice().buffer)).toThrow('are damaged');
    }),
  );
});
