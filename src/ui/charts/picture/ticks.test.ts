import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { multiplesWithin, roundStep, tickText } from './ticks.ts';

describe('ticks', () => {
  it('are multiples of 1, 2 or 5 times a power of ten, and no more than asked for', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), (rough) => {
        const step = roundStep(rough);
        expect(step).toBeGreaterThanOrEqual(rough * (1 - 1e-5));
        expect(step).toBeLessThanOrEqual(rough * 2.6);
        const digit = step / 10 ** Math.floor(Math.log10(step) + 1e-9);
        expect([1, 2, 5].some((factor) => Math.abs(digit - factor) < 1e-6)).toBe(true);
      }),
    );
  });

  it('lie within the range, either way round, ends included', () => {
    expect(multiplesWithin([0, 1], 0.25)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(multiplesWithin([5, -5], 5)).toEqual([-5, 0, 5]);
    expect(multiplesWithin([0.3, 0.4], 0.25)).toEqual([]);
  });

  it('are written with the decimals of the step, grouped where asked', () => {
    expect([2.5, 2].map((value) => tickText(value, 0.5, false))).toEqual(['2.5', '2']);
    expect(tickText(3 * 0.1, 0.1, false)).toBe('0.3');
    expect(tickText(-20, 20, false)).toBe('−20');
    expect(tickText(2000, 500, true)).toBe('2,000');
  });
});
