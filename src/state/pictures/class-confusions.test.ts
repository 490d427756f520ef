import { expect, it } from 'vitest';
import { studyResultFixture } from '../../../tests/fixtures/study-result.ts';
import { classAccuraciesCsv } from './class-accuracies-csv.ts';
import {
  classAccuracies,
  classOrder,
  differInAccuracy,
  differenceOf,
  meanCounts,
  sharesOf,
  type ClassAccuracy,
} from './class-confusions.ts';

/** Two runs, three classes, the last without images. */
const confusion = { arm: 'lora', seeds: [0, 1], counts: [6, 2, 0, 5, 1, 0, 0, 0, 0] };

it('counts are means over runs, shares of the images of a class', () => {
  expect(meanCounts(confusion, 3)).toEqual([
    [3, 1, 0],
    [2.5, 0.5, 0],
    [0, 0, 0],
  ]);
  expect(sharesOf(confusion, 3)).toEqual([
    [0.75, 0.25, 0],
    [5 / 6, 1 / 6, 0],
    [null, null, null],
  ]);
  const other = sharesOf({ ...confusion, counts: [8, 0, 0, 5, 1, 0, 0, 0, 0] }, 3);
  expect(differenceOf(sharesOf(confusion, 3), other)[0]).toEqual([0.25, -0.25, 0]);
  expect(differenceOf(sharesOf(confusion, 3), other)[2]).toEqual([null, null, null]);
});

it('accuracies have an interval over the images, however many runs there are', () => {
  const [first, second, none] = classAccuracies(confusion, 3);
  expect([first.images, first.accuracy, second.images]).toEqual([4, 0.75, 3]);
  expect(first.low).toBeLessThan(0.35);
  expect(first.high).toBeGreaterThan(0.93);
  expect(none).toEqual({ images: 0, accuracy: NaN, low: NaN, high: NaN });
  const more = classAccuracies({ ...confusion, seeds: [0], counts: [3, 1, 0, 2, 1, 0, 0, 0, 0] }, 3);
  expect(more[0]).toEqual(first);
});

it('classes come in the order of the task, by name or by accuracy', () => {
  const accuracies = classAccuracies(confusion, 3);
  const names = ['plants', 'animals', 'flags'];
  expect(classOrder(names, accuracies, 'task')).toEqual([0, 1, 2]);
  expect(classOrder(names, accuracies, 'name')).toEqual([1, 2, 0]);
  expect(classOrder(names, accuracies, 'accuracy')).toEqual([1, 0, 2]);
});

it('classes differ where a χ² test says so, at its quantiles in tables', () => {
  // χ² is 800 · d² for two classes of 100 images, and its 95 % quantile 3.84; 9.49 for five classes.
  const around = (distance: number, pairs = 1): readonly ClassAccuracy[] =>
    [0.5 - distance, 0.5 + distance].flatMap((accuracy) =>
      Array.from({ length: pairs }, () => ({ images: 100, accuracy, low: 0, high: 1 })),
    );
  const middle = { images: 100, accuracy: 0.5, low: 0, high: 1 };
  expect([0.067, 0.071].map((distance) => differInAccuracy(around(distance)))).toEqual([false, true]);
  expect([0.075, 0.079].map((distance) => differInAccuracy([...around(distance, 2), middle]))).toEqual([false, true]);
  // Images of one motif count less.
  expect(differInAccuracy(around(0.08), 4)).toBe(false);
  expect(differInAccuracy([middle])).toBe(false);
  expect(differInAccuracy([])).toBe(false);
});

it('the table of classes has the intervals that the figure draws, by class and arm', () => {
  const study = studyResultFixture();
  const result = { ...study, task: { ...study.task, classes: ['cat', 'dog', 'owl'], designEffect: 1 }, runs: [] };
  const [head, ...lines] = classAccuraciesCsv(result, [{ ...confusion, arm: null, seeds: [] }, confusion])
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));
  expect(head).toEqual(['arm', 'runs', 'class', 'images', 'accuracy', 'accuracy_low', 'accuracy_high']);
  expect(lines.map((line) => line.slice(0, 5))).toEqual([
    ['zero-shot', '1', 'cat', '8', '0.75'],
    ['zero-shot', '1', 'dog', '6', String(1 / 6)],
    ['zero-shot', '1', 'owl', '0', ''],
    ['LoRA', '2', 'cat', '4', '0.75'],
    ['LoRA', '2', 'dog', '3', String(1 / 6)],
    ['LoRA', '2', 'owl', '0', ''],
  ]);
  const [{ low, high }] = classAccuracies(confusion, 3);
  expect(lines[3].slice(5).map(Number)).toEqual([low, high]);
  expect(lines[2].slice(5)).toEqual(['', '']);
});
