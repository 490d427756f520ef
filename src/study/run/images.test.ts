import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tinyModel, tinyTask } from '../../../tests/support/tiny-study.ts';
import type { Task } from '../../data/task.ts';
import type { StudyConfig } from '../config/config.ts';
import { createBatchPainter, createBatchSource, patchifyImages } from './images.ts';

const model = tinyModel();
const VALUES = 8 * 8 * 3;

/** A task whose image i is uniformly of value i, so that batches tell which images they hold. */
function numbered(count: number): Task {
  const pixels = Uint8Array.from({ length: count * VALUES }, (_, i) => Math.floor(i / VALUES));
  const train = { count, pixels, labels: Int32Array.from({ length: count }, (_, i) => i % 3) };
  return { ...tinyTask(), train };
}

const training = {
  steps: 100,
  batchSize: 4,
  learningRateSchedule: 'constant',
  warmupSteps: 0,
  augment: false,
  validateEvery: 10,
} as const;
/** Patches and labels of every step. */
function batchesOf(task: Task, options: StudyConfig['training'], seed: number) {
  const source = createBatchSource(task, options, seed);
  const paint = createBatchPainter(task, model);
  return (step: number) => paint(source(step));
}

const idsOf = (patches: Float32Array) =>
  Array.from({ length: patches.length / VALUES }, (_, i) => Math.round((patches[i * VALUES] * 0.5 + 0.5) * 255));

describe('the batch source', () => {
  it('shows every image once per epoch, with its label, also where batches cross epochs', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 17 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(50),
        (count, batchSize, seed) => {
          const source = batchesOf(numbered(count), { ...training, batchSize }, seed);
          const seen: number[] = [];
          for (let step = 0; seen.length < 3 * count; step++) {
            const { patches, labels } = source(step);
            const ids = idsOf(patches);
            ids.forEach((id, i) => expect(labels[i]).toBe(id % 3));
            seen.push(...ids);
          }
          for (let epoch = 0; epoch < 3; epoch++) {
            const ids = seen.slice(epoch * count, (epoch + 1) * count).sort((a, b) => a - b);
            expect(ids).toEqual(Array.from({ length: count }, (_, i) => i));
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('gives a step again after others, augmented too, and differs between seeds and epochs', () => {
    const source = batchesOf(numbered(12), { ...training, augment: true }, 3);
    const first = source(1);
    source(7);
    expect(source(1)).toEqual(first);
    expect(batchesOf(numbered(12), { ...training, augment: true }, 3)(1)).toEqual(first);
    expect(batchesOf(numbered(12), { ...training, augment: true }, 4)(1)).not.toEqual(first);
    expect(source(4).patches).not.toEqual(source(1).patches);
  });

  it('draws other orders in other epochs', () => {
    const source = batchesOf(numbered(16), { ...training, batchSize: 16 }, 1);
    expect(idsOf(source(0).patches)).not.toEqual(idsOf(source(1).patches));
  });
});

it('augmentations are others in every step and for every seed', () => {
  const augmented = { ...training, augment: true };
  const drawn = [createBatchSource(numbered(9), augmented, 1), createBatchSource(numbered(9), augmented, 2)].flatMap(
    (source) => [source(0), source(1), source(2)].map(({ augmentations }) => JSON.stringify(augmentations)),
  );
  expect(new Set(drawn).size).toBe(6);
});

describe('patchifyImages', () => {
  it('takes the first images, or all', () => {
    const { test } = tinyTask();
    const all = patchifyImages(test, model, null);
    const some = patchifyImages(test, model, 7);
    expect([all.count, some.count, patchifyImages(test, model, 999).count]).toEqual([40, 7, 40]);
    expect(some.patches).toEqual(all.patches.slice(0, 7 * VALUES));
    expect(some.labels).toEqual(test.labels.slice(0, 7));
  });
});
