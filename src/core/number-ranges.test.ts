import { expect, it } from 'vitest';
import { inRanges } from './number-ranges.ts';

it('writes three or more numbers that follow one another as a range', () => {
  expect(inRanges([0, 1, 2, 3, 7, 9, 10], '–')).toEqual(['0–3', '7', '9', '10']);
  expect(inRanges([2, 1, 0], '-')).toEqual(['2', '1', '0']);
  expect(inRanges([], '-')).toEqual([]);
});
