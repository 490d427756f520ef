import { expect, test } from 'vitest';
import { centreOf, grainOf, sumOf } from './timings.ts';

/** Milliseconds of kernels, by a clock that browsers round to 0.1 ms. */
const STEPS = [[0.1, 0.2], [0.2, 0.1], [0.3], [0.1, 0.1, 0.1], [0.1, 0.7], [0.8]];

test('equal sums of a coarse clock are equal to the last bit, so its grain is found', () => {
  const times = STEPS.map(sumOf);
  expect(new Set(times)).toEqual(new Set([0.3, 0.8]));
  expect(
    grainOf([
      ...times,
      ...[
        [0.1, 0.3],
        [0.1, 0.1, 0.3],
      ].map(sumOf),
    ]),
  ).toBeCloseTo(0.1, 9);
});

test('the grain decides how times are averaged: of a coarse clock the mean is right', () => {
  const times = STEPS.map(sumOf);
  expect(centreOf(times, 0.1).value).toBeCloseTo((4 * 0.3 + 2 * 0.8) / 6, 9);
});
