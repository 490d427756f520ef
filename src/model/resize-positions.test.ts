import { expect, test } from 'vitest';
import { resizePositions } from './resize-positions.ts';

test('the same size returns the same array', () => {
  const positions = new Float32Array(1 + 9).map((_, i) => i);
  expect(resizePositions(positions, 3, 3, 1)).toBe(positions);
});

test('the class token is kept and a constant grid stays constant', () => {
  const positions = Float32Array.from({ length: 2 * 17 }, (_, i) => (i < 2 ? 9 : i % 2));
  const resized = resizePositions(positions, 4, 7, 2);
  expect([...resized.subarray(0, 2)]).toEqual([9, 9]);
  for (let i = 2; i < resized.length; i++) expect(resized[i]).toBeCloseTo(i % 2, 6);
});

test('a known value: halving a row takes the two middle pixels at 0.59375 and the outer ones at −0.09375', () => {
  // Centre of target 0 of 2 lies at source 0.5; taps at −1 (→ 0), 0, 1, 2 with the cubic of a = −0.75 at ±1.5 and ±0.5.
  const row = [8, 16, 32, 64];
  const grid = Float32Array.from([0, ...row, ...row, ...row, ...row]);
  const outer = -0.09375;
  const inner = 0.59375;
  const expected = outer * 8 + inner * 8 + inner * 16 + outer * 32;
  const resized = resizePositions(grid, 4, 2, 1);
  expect(resized[1]).toBeCloseTo(expected, 5);
  expect(resized[3]).toBeCloseTo(expected, 5);
});
