import { describe, expect, it } from 'vitest';
import { heldOutPlaces, taskFromDropped, type DroppedDataset } from './dropped.ts';
import { ALL_SHOTS } from '../shots.ts';

const count = 12;
const dataset: DroppedDataset = {
  name: 'Pets',
  imageSize: 1,
  classes: ['cat', 'dog'],
  prompts: ['a cat', 'a dog'],
  pixels: Uint8Array.from({ length: count * 3 }, (_, i) => Math.floor(i / 3)),
  labels: Int32Array.from({ length: count }, (_, i) => i % 2),
  split: Uint8Array.from({ length: count }, (_, i) => (i < 8 ? 0 : i < 10 ? 1 : 2)),
};

describe('taskFromDropped', () => {
  it('divides the images as the split says', () => {
    const task = taskFromDropped(dataset, ALL_SHOTS);
    expect(task.id).toBe('dropped');
    expect([task.train.count, task.validation.count, task.test.count]).toEqual([8, 2, 2]);
    expect([...task.test.pixels].sort()).toEqual([10, 10, 10, 11, 11, 11]);
    expect([...task.validation.pixels].sort()).toEqual([8, 8, 8, 9, 9, 9]);
    expect([...task.test.labels]).toEqual(heldOutPlaces(dataset, 'test').map((i) => dataset.labels[i]));
  });

  it('has classes of images that came class by class in fair shares of any prefix', () => {
    const each = 200;
    const labels = Int32Array.from({ length: 4 * each }, (_, i) => Math.floor(i / each));
    const own: DroppedDataset = {
      ...dataset,
      classes: ['a', 'b', 'c', 'd'],
      prompts: ['an a', 'a b', 'a c', 'a d'],
      labels,
      pixels: new Uint8Array(3 * labels.length),
      split: Uint8Array.from(labels, (_, i) => i % 3),
    };
    const task = taskFromDropped(own, ALL_SHOTS);
    for (const { labels: held } of [task.train, task.validation, task.test])
      for (const label of [0, 1, 2, 3]) {
        const first = held.subarray(0, 100).filter((other) => other === label).length;
        // A quarter of 100, give or take four standard deviations of a draw.
        expect(Math.abs(first - 25)).toBeLessThan(17);
      }
  });

  it('samples shots per class from the training images only', () => {
    const task = taskFromDropped(dataset, { shots: 2 });
    expect([...task.train.labels].sort()).toEqual([0, 0, 1, 1]);
    expect(Math.max(...task.train.pixels)).toBeLessThan(8);
    expect(taskFromDropped(dataset, { shots: 2 }).train.pixels).toEqual(task.train.pixels);
    expect(taskFromDropped(dataset, { shots: 100 }).train.count).toBe(8);
    const drawn = Array.from({ length: 9 }, (_, draw) => taskFromDropped(dataset, { shots: 2, draw }).train);
    for (const { labels } of drawn) expect([...labels].sort()).toEqual([0, 0, 1, 1]);
    expect(new Set(drawn.map(({ pixels }) => [...pixels].sort().join())).size).toBeGreaterThan(3);
    expect(taskFromDropped(dataset, { ...ALL_SHOTS, draw: 3 }).train).toEqual(
      taskFromDropped(dataset, ALL_SHOTS).train,
    );
  });

  it('refuses arrays that do not fit together and senseless shots', () => {
    expect(() => taskFromDropped({ ...dataset, split: new Uint8Array(3) }, ALL_SHOTS)).toThrow(/inconsistent/);
    expect(() => taskFromDropped(dataset, { shots: 0 })).toThrow(RangeError);
  });
});
