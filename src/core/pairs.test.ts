import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pairCount, pairIndex, pairsOf } from './pairs.ts';

it('lists every pair once, in the order of the upper triangle', () => {
  expect(pairsOf(['a', 'b', 'c'])).toEqual([
    ['a', 'b'],
    ['a', 'c'],
    ['b', 'c'],
  ]);
  expect(pairsOf(['a'])).toEqual([]);
});

it('finds a pair in either order at its place in the list', () => {
  fc.assert(
    fc.property(fc.nat({ max: 12 }), (count) => {
      const pairs = pairsOf([...Array(count).keys()]);
      expect(pairs).toHaveLength(pairCount(count));
      pairs.forEach(([i, j], place) => {
        expect(pairIndex(i, j, count)).toBe(place);
        expect(pairIndex(j, i, count)).toBe(place);
      });
    }),
  );
});
