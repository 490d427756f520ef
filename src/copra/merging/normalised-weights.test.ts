import { expect, it } from 'vitest';
import { normalisedWeights } from './normalised-weights.ts';

it('weights add up to 1', () => {
  expect(normalisedWeights([3, 1])).toEqual([0.75, 0.25]);
  expect(normalisedWeights([1e-12, 1e-12])).toEqual([0.5, 0.5]);
});

it.each([[[1, -1]], [[0.1, 0.2, -0.3]], [[0, 0]], [[1, NaN]], [[1, Infinity]]])('%j add up to nothing', (weights) => {
  expect(normalisedWeights(weights)).toBeNull();
});
