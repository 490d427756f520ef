import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RAMPS, rampFractionAt, rampProbability, rampShape, rampSteps } from './schedule.ts';

const ramp = fc.constantFrom(...RAMPS);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const fraction = fc.double({ min: 0.01, max: 1, noNaN: true });
const steps = fc.integer({ min: 1, max: 5000 });

describe('ramp shapes', () => {
  it('start at 0, end at 1, stay clamped and never fall', () => {
    fc.assert(
      fc.property(ramp, share, share, (name, x, y) => {
        expect(rampShape(name, 0)).toBe(0);
        expect(rampShape(name, 1)).toBe(1);
        expect(rampShape(name, -1)).toBe(0);
        expect(rampShape(name, 2)).toBe(1);
        expect(rampShape(name, Math.max(x, y))).toBeGreaterThanOrEqual(rampShape(name, Math.min(x, y)));
      }),
    );
  });

  it('halfway: linear 1/2, sine √½, exponential (√e − 1)/(e − 1), constant 0', () => {
    expect(rampShape('constant', 0.5)).toBe(0);
    expect(rampShape('linear', 0.5)).toBe(0.5);
    expect(rampShape('sine', 0.5)).toBeCloseTo(Math.SQRT1_2, 12);
    expect(rampShape('exponential', 0.5)).toBeCloseTo((Math.sqrt(Math.E) - 1) / (Math.E - 1), 12);
  });
});

describe('activation probability', () => {
  it('is p0 at step 0, 1 from the end of the ramp on, and never falls', () => {
    fc.assert(
      fc.property(ramp, share, fraction, steps, fc.nat(5000), (schedule, p0, rampFraction, total, k) => {
        const settings = { schedule, p0, rampFraction };
        const end = rampSteps(rampFraction, total);
        expect(rampProbability(0, total, settings)).toBe(p0);
        expect(rampProbability(end, total, settings)).toBe(1);
        expect(rampProbability(end + k, total, settings)).toBe(1);
        const p = rampProbability(k, total, settings);
        expect(p).toBeGreaterThanOrEqual(p0);
        expect(p).toBeLessThanOrEqual(1);
        expect(rampProbability(k + 1, total, settings)).toBeGreaterThanOrEqual(p - 1e-15);
      }),
    );
  });

  it('is min(1, 4t/3T) with the papers’ defaults', () => {
    const settings = { schedule: 'linear', p0: 0, rampFraction: 0.75 } as const;
    for (let t = 0; t < 2000; t++)
      expect(rampProbability(t, 2000, settings)).toBeCloseTo(Math.min(1, (4 * t) / (3 * 2000)), 12);
  });

  it('follows the README at p0 = 0.1: 0.55 halfway up', () => {
    const settings = { schedule: 'linear', p0: 0.1, rampFraction: 0.75 } as const;
    expect(rampProbability(750, 2000, settings)).toBeCloseTo(0.55, 12);
  });

  it('rounds the length of the ramp up, but not for rounding errors of the product', () => {
    expect(rampSteps(0.75, 10)).toBe(8);
    expect(rampSteps(0.07, 100)).toBe(7);
    expect(rampSteps(0.01, 1)).toBe(1);
    expect(rampSteps(1, 30)).toBe(30);
  });
});

describe('a ramp over depth', () => {
  const shares = fc.double({ min: 0.01, max: 1, noNaN: true });

  it('is the same for all layers where it has no slope, bit for bit', () => {
    fc.assert(
      fc.property(shares, shares, (fraction, depth) => {
        expect(rampFractionAt(fraction, 0, depth)).toBe(fraction);
      }),
    );
  });

  it('ends later for deeper layers where its slope is positive, and never after the last step', () => {
    fc.assert(
      fc.property(shares, shares, shares, shares, (fraction, slope, a, b) => {
        const [shallow, deep] = [Math.min(a, b), Math.max(a, b)].map((depth) => rampFractionAt(fraction, slope, depth));
        expect(deep).toBeGreaterThanOrEqual(shallow);
        expect(deep).toBeLessThanOrEqual(1);
        expect(rampFractionAt(fraction, -slope, Math.max(a, b))).toBeLessThanOrEqual(
          rampFractionAt(fraction, -slope, Math.min(a, b)),
        );
      }),
    );
    expect(rampFractionAt(0.5, 0.5, 1)).toBe(0.75);
    expect(rampFractionAt(0.75, 1, 1)).toBe(1);
  });
});
