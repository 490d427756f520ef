import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomAdapter, smallLayout } from '../test-layouts.ts';
import { directionOf, perturbed } from './perturbation.ts';

const layout = smallLayout({ layers: 2, head: { classes: 2, features: 3 }, dora: true });
const length = (values: ArrayLike<number>) => Math.hypot(...Array.from(values));
const parts = layout.pairs.flatMap(({ aOffset, bOffset, inFeatures, outFeatures }) => [
  [aOffset, aOffset + layout.rank * inFeatures],
  [bOffset, bOffset + layout.rank * outFeatures],
]);

describe('perturbing an adapter', () => {
  it('moves every A and every B by its share of its length, along the direction, and nothing else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), fc.double({ min: 0, max: 2, noNaN: true }), (seed, radius) => {
        const adapter = randomAdapter(layout, seed);
        const direction = directionOf(layout, seed % 5);
        const moved = perturbed(layout, adapter, direction, radius);
        const factors = new Set<number>();
        for (const [from, to] of parts) {
          const change = Array.from({ length: to - from }, (_, i) => moved[from + i] - adapter[from + i]);
          expect(length(change)).toBeCloseTo(radius * length(adapter.subarray(from, to)), 4);
          const own = direction.subarray(from, to);
          const along = change.reduce((sum, value, i) => sum + value * own[i], 0) / length(own);
          expect(along).toBeCloseTo(length(change), 4);
          for (let i = from; i < to; i++) factors.add(i);
        }
        adapter.forEach((value, i) => {
          if (!factors.has(i)) expect(moved[i]).toBe(value);
        });
      }),
      { numRuns: 30 },
    );
  });

  it('moves the update alike however A and B share its size', () => {
    const adapter = randomAdapter(layout, 1);
    const scaled = adapter.slice();
    for (const { aOffset, bOffset, inFeatures, outFeatures } of layout.pairs) {
      for (let i = 0; i < layout.rank * inFeatures; i++) scaled[aOffset + i] *= 4;
      for (let i = 0; i < layout.rank * outFeatures; i++) scaled[bOffset + i] /= 4;
    }
    const direction = directionOf(layout, 0);
    const [one, other] = [adapter, scaled].map((own) => perturbed(layout, own, direction, 0.3));
    parts.forEach(([from, to], part) => {
      for (let i = from; i < to; i++) expect(other[i]).toBeCloseTo(one[i] * (part % 2 === 0 ? 4 : 0.25), 4);
    });
  });

  it('takes equal directions for equal layouts, and others by their index', () => {
    expect(directionOf(layout, 2)).toEqual(
      directionOf(smallLayout({ layers: 2, head: { classes: 2, features: 3 }, dora: true }), 2),
    );
    expect(directionOf(layout, 2)).not.toEqual(directionOf(layout, 3));
  });
});
