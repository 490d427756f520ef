import { expect, it } from 'vitest';
import { randomBelow } from './random-number.ts';

it('draws every whole number below the end, and no other', () => {
  const drawn = Array.from({ length: 500 }, () => randomBelow(4));
  expect([...new Set(drawn)].sort()).toEqual([0, 1, 2, 3]);
});
