import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  adjustedError,
  binomialStandardError,
  mean,
  meanInterval,
  pairedDifference,
  quantile,
  shareError,
  standardDeviation,
  standardError,
  tQuantile975,
} from './statistics.ts';

const values = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 30 });

describe('statistics', () => {
  it('mean, sample standard deviation and standard error', () => {
    const sample = [2, 4, 4, 4, 5, 5, 7, 9];
    expect(mean(sample)).toBe(5);
    expect(standardDeviation(sample)).toBeCloseTo(Math.sqrt(32 / 7), 12);
    expect(standardError(sample)).toBeCloseTo(Math.sqrt(32 / 7 / 8), 12);
  });

  it('is undefined, not wrong, for too few values', () => {
    expect(mean([])).toBeNaN();
    expect(standardDeviation([1])).toBeNaN();
    expect(quantile([], 0.5)).toBeNaN();
    expect(meanInterval([1]).low).toBeNaN();
    expect(tQuantile975(0)).toBeNaN();
  });

  it('t quantiles equal the printed tables', () => {
    const table: [number, number][] = [
      [1, 12.7062047],
      [2, 4.30265273],
      [3, 3.18244631],
      [4, 2.77644511],
      [5, 2.57058184],
      [9, 2.26215716],
      [10, 2.22813885],
      [30, 2.04227246],
      [100, 1.98397152],
      [120, 1.97993041],
      [1000, 1.96233908],
    ];
    for (const [degrees, expected] of table) expect(tQuantile975(degrees)).toBeCloseTo(expected, 7);
  });

  it('t quantiles of one, two and four degrees of freedom are those of their closed forms', () => {
    const four = Math.cos(Math.acos(Math.sqrt(0.0975)) / 3) / Math.sqrt(0.0975);
    for (const [degrees, expected] of [
      [1, Math.tan(0.475 * Math.PI)],
      [2, 0.95 / Math.sqrt(2 * 0.975 * 0.025)],
      [4, 2 * Math.sqrt(four - 1)],
    ])
      expect(tQuantile975(degrees) / expected).toBeCloseTo(1, 12);
  });

  it('both ways of computing the t quantile meet and fall', () => {
    for (let degrees = 1; degrees < 260; degrees++)
      expect(tQuantile975(degrees)).toBeGreaterThan(tQuantile975(degrees + 1));
    expect(tQuantile975(1e9)).toBeCloseTo(1.959963985, 8);
  });

  it('t quantiles between whole degrees of freedom enclose 95 % of the density', () => {
    for (const degrees of [1.3, 2.5, 3.7, 11.2, 57.9]) {
      const bound = tQuantile975(degrees);
      const density = (t: number) => (1 + t ** 2 / degrees) ** (-(degrees + 1) / 2);
      // t = tan(u) makes the integrals finite; Simpson's rule, normalised by the whole.
      const integral = (to: number, cells = 20_000): number => {
        const f = (u: number) => (u >= Math.PI / 2 ? 0 : density(Math.tan(u)) / Math.cos(u) ** 2);
        const h = to / cells;
        let sum = f(0) + f(to);
        for (let i = 1; i < cells; i++) sum += (i % 2 === 1 ? 4 : 2) * f(i * h);
        return (sum * h) / 3;
      };
      expect(integral(Math.atan(bound)) / integral(Math.PI / 2)).toBeCloseTo(0.95, 4);
    }
  });

  it('quantiles interpolate', () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([1, 2, 3], 0)).toBe(1);
    expect(quantile([1, 2, 3], 1)).toBe(3);
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (sample, p) => {
        const q = quantile(sample, p);
        expect(q).toBeGreaterThanOrEqual(Math.min(...sample) - 1e-9);
        expect(q).toBeLessThanOrEqual(Math.max(...sample) + 1e-9);
      }),
    );
  });

  it('a paired difference ignores what both sides share', () => {
    fc.assert(
      fc.property(values, (shared) => {
        const interval = pairedDifference(
          shared.map((x, i) => x + 1 + (i % 2)),
          shared,
        );
        expect(interval.n).toBe(shared.length);
        expect(interval.mean).toBeGreaterThan(1 - 1e-9);
        expect(interval.high - interval.low).toBeLessThan(2 * 12.8);
      }),
    );
    expect(() => pairedDifference([1], [1, 2])).toThrow(RangeError);
  });

  it('the interval of 1, 2, 3', () => {
    const interval = meanInterval([1, 2, 3]);
    expect(interval.mean).toBe(2);
    expect(interval.high - 2).toBeCloseTo(4.30265273 / Math.sqrt(3), 7);
    expect(2 - interval.low).toBeCloseTo(interval.high - 2, 12);
  });

  it('binomial standard error', () => {
    expect(binomialStandardError(0.5, 400)).toBeCloseTo(0.025, 12);
    expect(binomialStandardError(1, 10)).toBe(0);
  });

  it('of the sampling error of a share is never 0, and hardly another of many trials', () => {
    // Of no right answer in 20: ã = 2/24.
    expect(shareError(0, 20)).toBeCloseTo(Math.sqrt(((2 / 24) * (22 / 24)) / 24), 12);
    expect(shareError(1, 20)).toBeCloseTo(shareError(0, 20), 12);
    expect(adjustedError(0.5, 98, 2)).toBeCloseTo(0.05, 12);
    expect(Math.abs(shareError(0.55, 800) - binomialStandardError(0.55, 800))).toBeLessThan(5e-5);
  });
});
