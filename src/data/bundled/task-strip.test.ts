import { expect, it } from 'vitest';
import { stripPlaces } from './task-strip.ts';

const images = (...pairs: readonly (readonly [label: number, motif: number])[]) => ({
  labels: Int32Array.from(pairs, ([label]) => label),
  motifs: Int32Array.from(pairs, ([, motif]) => motif),
});

it('takes the first test images of each class, each of another motif', () => {
  const motifs = [1, 1, 2, 1, 3, 4, 5, 2, 6, 7];
  const pairs = motifs.flatMap((motif) => [[1, 10 + motif] as const, [0, motif] as const]);
  expect(stripPlaces(images(...pairs), 2)).toEqual([1, 5, 9, 11, 13, 17, 0, 4, 8, 10, 12, 16]);
});

it('shows a motif again, in another style, where a class has few', () => {
  const pairs = [1, 1, 2, 1, 2, 2, 1].map((motif) => [0, motif] as const);
  expect(stripPlaces(images(...pairs), 1)).toEqual([0, 2, 1, 3, 4, 5]);
});
