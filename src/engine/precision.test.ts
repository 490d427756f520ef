import fc from 'fast-check';
import { expect, it } from 'vitest';
import { asHalves, halfBits, HALF_ROUNDING } from './precision.ts';

const LARGEST = 65504;
const SMALLEST = 2 ** -14;
const rounded = (value: number): number => asHalves(Float32Array.of(value))[0];
/** Ordinary halves: 11 binary digits from 2⁻¹⁴ on. */
const isOrdinary = (value: number): boolean => {
  const magnitude = Math.abs(value);
  if (magnitude === 0) return true;
  const unit = 2 ** (Math.floor(Math.log2(magnitude)) - 10);
  return magnitude >= SMALLEST && magnitude <= LARGEST && Number.isInteger(magnitude / unit);
};

it('rounds to the nearest half, relatively by 2⁻¹¹ at most, and leaves halves as they are', () => {
  fc.assert(
    fc.property(fc.float({ min: -LARGEST, max: LARGEST, noNaN: true }), (value) => {
      const half = rounded(value);
      expect(isOrdinary(half)).toBe(true);
      expect(Object.is(half, -0)).toBe(false);
      expect(rounded(half)).toBe(half);
      if (Math.abs(value) >= SMALLEST)
        expect(Math.abs(half - value)).toBeLessThanOrEqual(HALF_ROUNDING * Math.abs(value));
      else expect([0, SMALLEST]).toContain(Math.abs(half));
    }),
    { numRuns: 2000 },
  );
});

it('takes what lies below the smallest ordinary half to its nearer neighbour: GPUs differ in halves below it', () => {
  fc.assert(
    fc.property(fc.float({ min: -SMALLEST, max: SMALLEST, noNaN: true }), (value) => {
      const half = rounded(value);
      // The way goes over halves of 2⁻²⁴, whose rounding may come on top.
      expect(Math.abs(half - value)).toBeLessThanOrEqual(SMALLEST / 2 + 2 ** -25);
      expect(half * value).toBeGreaterThanOrEqual(0);
    }),
  );
});

it('refuses what no half can hold', () => {
  for (const value of [65520, -1e30, Infinity, NaN])
    expect(() => halfBits(Float32Array.of(1, value))).toThrow('half precision');
});
