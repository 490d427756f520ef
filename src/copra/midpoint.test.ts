import { expect, it } from 'vitest';
import { lambdas } from './landscape.ts';
import { midpointValue, midpointWeights } from './midpoint.ts';

it('the midpoint is a point of the grid, or lies between two', () => {
  expect(midpointWeights(lambdas(5))).toEqual([{ point: 2, weight: 1 }]);
  expect(midpointWeights(lambdas(4)).map(({ point }) => point)).toEqual([1, 2]);
  for (const { weight } of midpointWeights(lambdas(4))) expect(weight).toBeCloseTo(0.5, 12);
  expect(midpointWeights([0, 0.25])).toEqual([]);
  expect(midpointValue([0, 0.5, 1], [1, 2, 5])).toBe(2);
  expect(midpointValue(lambdas(4), [0, 1, 3, 9])).toBeCloseTo(2, 12);
  expect(midpointValue([0, 0.4, 0.8], [0, 1, 5])).toBeCloseTo(2, 12);
  expect(midpointValue([], [])).toBeNaN();
});
