import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barrier, doubledLayout, factorPath, lambdas, landscapeMeasures, productPath, seedPairs } from './landscape.ts';
import { headOf, pairProduct } from './relayout.ts';
import { clearRetainedGain, retainedGain } from './retained-gain.ts';
import { stackAdapters, stackedLayout } from './stacking.ts';
import { randomAdapter, smallLayout } from './test-layouts.ts';

const layout = smallLayout({ towers: ['vision', 'text'], head: { classes: 3, features: 4 } });
const first = randomAdapter(layout, 1);
const second = randomAdapter(layout, 2);

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5) {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) expect(Math.abs(actual[i] - expected[i])).toBeLessThan(tolerance);
}

describe('paths', () => {
  it('λ runs from 0 to 1', () => {
    expect(lambdas(5)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(lambdas(21)[10]).toBe(0.5);
    expect(() => lambdas(1)).toThrow(/at least 2 points/);
  });

  it('pairs every two seeds once', () => {
    expect(seedPairs([4, 7, 9])).toEqual([
      [4, 7],
      [4, 9],
      [7, 9],
    ]);
    expect(seedPairs([1])).toEqual([]);
  });

  it('the product path interpolates every update and the head exactly', () => {
    const doubled = doubledLayout(layout);
    expect(doubled.rank).toBe(2 * layout.rank);
    for (const lambda of [0, 0.3, 0.5, 1]) {
      const adapter = productPath(layout, first, second, lambda);
      expect(adapter.length).toBe(doubled.size);
      layout.pairs.forEach((pair, i) => {
        const one = pairProduct(layout, first, pair);
        const two = pairProduct(layout, second, pair);
        const expected = one.map((value, j) => (1 - lambda) * value + lambda * two[j]);
        expectClose(pairProduct(doubled, adapter, doubled.pairs[i]), expected);
      });
      const heads = [headOf(layout, first), headOf(layout, second)];
      expectClose(headOf(doubled, adapter), factorPath(heads[0], heads[1], lambda));
    }
  });

  it('factor and product path differ by −λ(1 − λ)(B₁ − B₂)(A₁ − A₂)', () => {
    const lambda = 0.3;
    const doubled = doubledLayout(layout);
    const product = productPath(layout, first, second, lambda);
    const factor = factorPath(first, second, lambda);
    const difference = first.map((value, i) => value - second[i]);
    layout.pairs.forEach((pair, i) => {
      const cross = pairProduct(layout, difference, pair);
      const mixed = pairProduct(doubled, product, doubled.pairs[i]);
      const expected = mixed.map((value, j) => value - lambda * (1 - lambda) * cross[j]);
      expectClose(pairProduct(layout, factor, pair), expected);
    });
  });

  it('stacking refuses what does not fit', () => {
    expect(() => stackAdapters(layout, [first], [1, 2])).toThrow(/one weight per adapter/);
    expect(() => stackAdapters(layout, [first, new Float32Array(3)], [1, 1])).toThrow(/an adapter has 3/);
    expect(stackedLayout(layout, 3).players).toEqual(layout.players);
  });
});

describe('barrier', () => {
  it('is the deepest fall below the chord, not below the ends’ mean', () => {
    expect(barrier([0, 0.5, 1], [0.8, 0.5, 0.6], 'accuracy')).toBeCloseTo(0.2, 12);
    expect(barrier([0, 0.25, 0.5, 1], [0.8, 0.4, 0.6, 0.4], 'accuracy')).toBeCloseTo(0.3, 12);
  });

  it('turns its sign for a loss and is 0 for a better path', () => {
    expect(barrier([0, 0.5, 1], [1, 2.5, 2], 'loss')).toBe(1);
    expect(barrier([0, 0.5, 1], [1, 2.5, 2], 'accuracy')).toBe(0);
    expect(barrier([0, 0.5, 1], [1, 0.1, 2], 'loss')).toBe(0);
  });

  it('is never negative, 0 on straight lines, and unchanged by adding a line', () => {
    const number = fc.double({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(fc.array(number, { minLength: 2, maxLength: 12 }), number, number, (values, offset, slope) => {
        const at = lambdas(values.length);
        const line = at.map((lambda) => offset + slope * lambda);
        const tilted = values.map((value, i) => value + line[i]);
        expect(barrier(at, values, 'loss')).toBeGreaterThanOrEqual(0);
        expect(barrier(at, line, 'loss')).toBeCloseTo(0, 9);
        expect(barrier(at, tilted, 'accuracy')).toBeCloseTo(barrier(at, values, 'accuracy'), 9);
      }),
    );
  });

  it('refuses values without points', () => {
    expect(() => barrier([0, 1], [1], 'loss')).toThrow(RangeError);
  });
});

describe('measures', () => {
  it('retained gain, null without a gain', () => {
    expect(retainedGain(0.5, 0.4, 0.6)).toBeCloseTo(0.5, 12);
    expect(retainedGain(0.3, 0.4, 0.6)).toBeCloseTo(-0.5, 12);
    expect(retainedGain(0.5, 0.4, 0.4)).toBeNull();
    expect(retainedGain(0.5, 0.4, 0.3)).toBeNull();
    expect(retainedGain(0.5, 0.3, 0.1 + 0.2)).toBeNull(); // 5.6e-17 more than 0.3
  });

  it('is not told where the gain is within its own sampling error', () => {
    // 0.35 → 0.45 on 90 images: 10 points, with an error of √(0.35·0.65/90 + 0.45·0.55/90) = 7.3 points; on 30 images it is 12.6.
    expect(clearRetainedGain(0.4, 0.35, 0.45, 90)).toBeCloseTo(0.5, 12);
    expect(clearRetainedGain(0.4, 0.35, 0.45, 30)).toBeNull();
    expect(clearRetainedGain(0.4, 0.45, 0.35, 1e6)).toBeNull();
  });

  it('is not clear of a single image, whatever the accuracies', () => {
    for (const images of [1, 2, 5, 20, 100])
      for (let right = 0; right < images; right++)
        expect(clearRetainedGain(1, right / images, (right + 1) / images, images)).toBeNull();
  });

  it('all together', () => {
    const measures = landscapeMeasures([0, 0.5, 1], [0.6, 0.5, 0.8], [1, 1.5, 1], 0.3, 100);
    expect(measures.barrierAccuracy).toBeCloseTo(0.2, 12);
    expect(measures.barrierLoss).toBe(0.5);
    expect(measures.midpointRetainedGain).toBeCloseTo(0.5, 12);
    expect(landscapeMeasures([0, 1], [1, 1], [0, 0], null, 100).midpointRetainedGain).toBeNull();
  });
});
