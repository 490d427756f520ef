import { expect, it } from 'vitest';
import { bestScale, chosenAtAnEnd } from './chosen-scale.ts';

const merges = [
  { method: 'ties', scale: 0.5 },
  { method: 'iso-c', scale: 4 },
  { method: 'tsv-m', scale: 1 },
  // It has no λ: 1 stands for none.
  { method: 'factors', scale: 1 },
] as const;

const methods = (scales: readonly number[]): string[] => chosenAtAnEnd(merges, scales).map(({ method }) => method);

it('names the merges whose λ is the smallest or the largest of those tried', () => {
  expect(methods([4, 0.5, 1])).toEqual(['ties', 'iso-c']);
  expect(methods([0.25, 0.5, 1, 4, 6])).toEqual([]);
  expect(methods([0.5, 1])).toEqual(['ties', 'tsv-m']);
});

it('names none where one λ was tried, or 0, below which there is none', () => {
  expect(methods([1])).toEqual([]);
  expect(chosenAtAnEnd([{ method: 'ties', scale: 0 }], [0, 1, 2])).toEqual([]);
});

it('takes the λ of the highest accuracy, and of several the one of the lowest loss', () => {
  const scales = [0.25, 1, 2, 4];
  expect(bestScale(scales, { accuracy: [0.5, 0.75, 1, 0.75], loss: [1, 2, 9, 3] })).toBe(2);
  expect(bestScale(scales, { accuracy: [1, 1, 1, 0.75], loss: [0.4, 0.2, 0.3, 0.1] })).toBe(1);
});
