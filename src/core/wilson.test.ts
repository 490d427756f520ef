import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilsonInterval } from './wilson.ts';

describe('the interval of a share', () => {
  it('has the share at whose own spread the limits lie', () => {
    // The limits are the p for which |share − p| = z √(p (1 − p) / n).
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
        for (const p of wilsonInterval(share, n))
          expect((share - p) ** 2).toBeCloseTo((1.959963984540054 ** 2 * p * (1 - p)) / n, 9);
      }),
    );
  });

  it('is that of published tables', () => {
    // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    const rounded = (right: number, n: number) => wilsonInterval(right / n, n).map((p) => Number(p.toFixed(4)));
    expect(rounded(81, 263)).toEqual([0.2553, 0.3662]);
    expect(rounded(15, 148)).toEqual([0.0624, 0.1605]);
    expect(rounded(0, 20)).toEqual([0, 0.1611]);
    expect(rounded(1, 29)).toEqual([0.0061, 0.1718]);
  });

  it('is everything where there is nothing', () => expect(wilsonInterval(0, 0)).toEqual([0, 1]));
});
