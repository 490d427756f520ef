import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAdapterLayout, type AdapterLayout } from '../core/adapter-layout.ts';
import { stream } from '../core/rng.ts';
import { headOf, pairProduct } from './relayout.ts';
import { scaleOfAccuracy, scalesBetween } from './scaled-curve.ts';
import { scaledUpdate } from './scaled-update.ts';

const shapes = { vision: { layers: 2, width: 6, mlpWidth: 12 } };
const targets = { rank: 2, towers: ['vision'], projections: ['q', 'v'] } as const;
const plain = createAdapterLayout(shapes, targets);
const headed = createAdapterLayout(shapes, targets, { classes: 3, features: 6 });

function noise(length: number, seed: number): Float32Array {
  const random = stream(seed, 'analysis');
  return Float32Array.from({ length }, () => random.normal());
}
const headSize = ({ size, head }: AdapterLayout): number => size - (head?.weightOffset ?? size);

describe('a scaled update', () => {
  it('is s · ΔW in every map', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0, max: 1, noNaN: true }), (seed, s) => {
        const adapter = noise(plain.size, seed);
        const scaled = scaledUpdate(plain, adapter, s, null);
        expect(scaled).toHaveLength(plain.size);
        for (const pair of plain.pairs) {
          const before = pairProduct(plain, adapter, pair);
          pairProduct(plain, scaled, pair).forEach((value, i) => expect(value).toBeCloseTo(s * before[i], 5));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('is the run itself at 1 and has the head of the backbone at 0', () => {
    const adapter = noise(headed.size, 1);
    const frozen = noise(headSize(headed), 2);
    expect(scaledUpdate(headed, adapter, 1, frozen)).toEqual(adapter);
    const none = scaledUpdate(headed, adapter, 0, frozen);
    expect(headOf(headed, none)).toEqual(frozen);
    for (const pair of headed.pairs) expect(pairProduct(headed, none, pair).every((value) => value === 0)).toBe(true);
  });

  it('takes no head for none', () => {
    expect(() => scaledUpdate(headed, noise(headed.size, 1), 0.5, null)).toThrow(RangeError);
  });
});

describe('the curve over s', () => {
  it('is tested at equal steps between its ends', () => {
    expect(scalesBetween(4)).toEqual([0.2, 0.4, 0.6, 0.8]);
    expect(scalesBetween(0)).toEqual([]);
  });

  it('has the largest s of an accuracy, on straight lines', () => {
    const s = [0, 0.5, 1];
    expect(scaleOfAccuracy(s, [0.2, 0.4, 0.6], 0.5)).toEqual({
      s: 0.75,
      below: 1,
      weight: expect.closeTo(0.5, 12) as number,
    });
    expect(scaleOfAccuracy(s, [0.2, 0.4, 0.6], 0.4)).toEqual({ s: 0.5, below: 1, weight: 0 });
    // It rises above its end and falls again, and crosses 0.5 three times.
    expect(scaleOfAccuracy([0, 0.25, 0.5, 0.75, 1], [0.3, 0.7, 0.4, 0.8, 0.6], 0.5)).toMatchObject({
      below: 2,
      weight: expect.closeTo(0.25, 12) as number,
    });
  });

  it('has none where it is above everywhere', () => {
    expect(scaleOfAccuracy([0, 0.5, 1], [0.4, 0.5, 0.6], 0.3)).toBeNull();
  });
});
