import { describe, expect, it } from 'vitest';
import { taskFromDropped, type DroppedDataset } from './dropped.ts';

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
    const task = taskFromDropped(dataset, null, 1);
    expect(task.id).toBe('dropped');
    expect([task.train.count, task.validation.count, task.test.count]).toEqual([8, 2, 2]);
    expect([...task.test.pixels]).toEqual([10, 10, 10, 11, 11, 11]);
    expect([...task.test.labels]).toEqual([0, 1]);
  });

  it('samples shots per class from the training images only', () => {
    const task = taskFromDropped(dataset, 2, 1);
    expect([...task.train.labels].sort()).toEqual([0, 0, 1, 1]);
    expect(Math.max(...task.train.pixels)).toBeLessThan(8);
    expect(taskFromDropped(dataset, 2, 1).train.pixels).toEqual(task.train.pixels);
    expect(taskFromDropped(dataset, 100, 1).train.count).toBe(8);
  });

  it('refuses arrays that do not fit together and senseless shots', () => {
    expect(() => taskFromDropped({ ...dataset, split: new Uint8Array(3) }, null, 1)).toThrow(/inconsistent/);
    expect(() => taskFromDropped(dataset, 0, 1)).toThrow(RangeError);
  });
});
