import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tinyTask } from '../../../../tests/support/tiny-study.ts';
import type { Task } from '../../../data/task.ts';
import { bundledById } from '../../../data/bundled/tasks.ts';
import { USUAL_MULTITASK } from './settings.ts';
import { jointTask, loadManyTasks, partsOf, taskCount } from './tasks.ts';

const names = (count: number) => Array.from({ length: count }, (_, i) => `class ${i}`);

/** The tiny task with four classes: its images of "red" stand for two of them. */
function fourClasses(): Task {
  const task = tinyTask();
  const classes = ['a', 'b', 'c', 'd'];
  const spread = (images: Task['train']) => ({
    ...images,
    labels: images.labels.map((label, i) => (label === 0 && i % 2 ? 3 : label)),
  });
  return {
    ...task,
    classes,
    prompts: classes,
    train: spread(task.train),
    validation: spread(task.validation),
    test: spread(task.test),
  };
}

describe('partsOf', () => {
  it('divides every class once, in order, into nearly equal parts of two or more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 16 }), fc.integer({ min: 0, max: 60 }), (parts, more) => {
        const classes = names(2 * parts + more);
        const found = partsOf(classes, parts);
        expect(found).toHaveLength(parts);
        expect(found.flatMap((part) => part.classes)).toEqual(classes.map((_, i) => i));
        const lengths = found.map((part) => part.classes.length);
        expect(Math.min(...lengths)).toBeGreaterThanOrEqual(2);
        expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('follows names of the form part/class, whatever their order and number', () => {
    const parts = partsOf(['cats/tabby', 'dogs/pug', 'cats/persian', 'dogs/husky'], 7);
    expect(parts).toEqual([
      { name: 'cats', classes: [0, 2] },
      { name: 'dogs', classes: [1, 3] },
    ]);
    expect(partsOf(['cats/tabby', 'dogs/pug', 'x', 'y'], 2).map(({ classes }) => classes)).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it('refuses parts of one class', () => {
    expect(() => partsOf(names(5), 3)).toThrow(/5 classes cannot become 3 tasks/);
    expect(() => partsOf(['a/x', 'a/y', 'b/z'], 2)).toThrow(/at least 2 classes/);
  });
});

describe('the tasks of a study', () => {
  it('are parts with their own labels and images', async () => {
    const whole = fourClasses();
    const tasks = await loadManyTasks({ enabled: true, tasks: [], parts: 2 }, whole, undefined);
    expect(tasks.map(({ classes }) => classes)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    const stride = whole.test.pixels.length / whole.test.count;
    for (const [t, task] of tasks.entries()) {
      const kept = [...whole.test.labels.keys()].filter((i) => Math.floor(whole.test.labels[i] / 2) === t);
      expect(task.test.count).toBe(kept.length);
      kept.forEach((i, k) => {
        expect(task.test.labels[k] + 2 * t).toBe(whole.test.labels[i]);
        expect(task.test.pixels.subarray(k * stride, (k + 1) * stride)).toEqual(
          whole.test.pixels.subarray(i * stride, (i + 1) * stride),
        );
      });
    }
    expect(jointTask(tasks).prompts).toEqual(whole.prompts);
  });

  it('are loaded by their ids, but for the study’s own', async () => {
    const own = tinyTask();
    const other = { ...tinyTask(), id: 'other' };
    const settings = { enabled: true, tasks: ['other', own.id], parts: 2 };
    expect(await loadManyTasks(settings, own, () => Promise.resolve(other))).toEqual([other, own]);
    await expect(loadManyTasks(settings, own, undefined)).rejects.toThrow(/other/);
    expect(taskCount(settings, own.classes)).toBe(2);
  });

  it('are bundled, and share no class', () => {
    const bundled = USUAL_MULTITASK.tasks.map(bundledById);
    const classes = bundled.flatMap((task) => task?.classes ?? []);
    expect(bundled).not.toContain(undefined);
    expect(new Set(classes).size).toBe(classes.length);
  });
});
