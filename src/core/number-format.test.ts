import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compact,
  compactSigned,
  fixed,
  hundredths,
  integer,
  intervalEnds,
  percent,
  signed,
  signedPoints,
  signedEnd,
  isBeyondShares,
  pointsEnds,
  signedPointsEnd,
  withError,
} from './number-format.ts';

it('numbers have a real minus sign, but not where they round to 0; what is not known is a dash', () => {
  expect([1.25, -1.25, -0.004, 0].map((value) => fixed(value, 1))).toEqual(['1.3', '−1.3', '0.0', '0.0']);
  expect([null, undefined, NaN, Infinity].map((value) => fixed(value, 1))).toEqual(['–', '–', '–', '–']);
});

it('shares are in per cent, with or without the sign', () => {
  expect(hundredths(0.5863)).toBe('58.6');
  expect(hundredths(-0.5863, 0)).toBe('−59');
  expect(hundredths(null)).toBe('–');
  expect(percent(0.5863, 2)).toBe('58.63 %');
  expect([null, undefined, NaN].map((value) => percent(value))).toEqual(['–', '–', '–']);
});

it('an error has as many digits as it needs, and its value the same', () => {
  expect(withError(56.72, 0.21)).toBe('56.7 ± 0.2');
  expect(withError(0.081, 0.032)).toBe('0.08 ± 0.03');
  expect(withError(1, 0)).toBe('1.0 ± 0.0');
  expect(withError(1, NaN)).toBe('1.0 ± –');
});

it('differences have their sign', () => {
  expect([0.024, -0.024, 0.0001, -0.0001].map(signedPoints)).toEqual(['+2.4', '−2.4', '0.0', '0.0']);
  expect([0.524, -0.524, 0.004].map((value) => signed(value, 2))).toEqual(['+0.52', '−0.52', '0.00']);
});

it('large numbers are grouped, small rates compact', () => {
  expect(integer(20000.4)).toBe('20,000');
  expect([0.003, 0.05, 12, 0].map(compact)).toEqual(['3e-3', '0.05', '12', '0']);
  expect([-0.003, -12, 12, 0].map(compactSigned)).toEqual(['−3e-3', '−12', '12', '0']);
});

describe('ends of an interval', () => {
  it('are 0 only if they are, or next to it', () => {
    expect(intervalEnds(-3.74, -0.04, 1)).toEqual(['−3.7', '−0.04']);
    expect(intervalEnds(0.0004, 2, 1)).toEqual(['0.0004', '2.0']);
    expect(intervalEnds(0, 1e-9, 1)).toEqual(['0.0', '0.0']);
    expect(intervalEnds(-0.0004, 0.5, 2)).toEqual(['−0.0004', '0.50']);
    expect([-0.0004, 0.0123, 0].map((end) => signedPointsEnd(end))).toEqual(['−0.04', '+1.2', '0.0']);
    // Shares are at most 1 apart.
    expect([-11.69, 11.9, 1].map((end) => signedPointsEnd(end))).toEqual(['< −100', '> 100', '+100.0']);
    expect(pointsEnds(-0.0004, 1.2, 1)).toEqual(['−0.04', '> 100']);
    expect([0.003, -0.0004, 0.1].map((end) => signedEnd(end, 2))).toEqual(['+0.003', '−0.0004', '+0.10']);
  });

  it('say nothing where 0 lies between them and one is beyond all shares', () => {
    const says = (low: number, high: number): boolean => !isBeyondShares({ low, high });
    expect([says(-2, 2), says(-0.3, 1.2), says(-1.2, 0.3)]).toEqual([false, false, false]);
    expect([says(-0.9, 0.9), says(0.1, 1.2), says(-1.2, -0.1)]).toEqual([true, true, true]);
  });

  it('have the sign of the value, within a thousandth of the digits asked for', () => {
    const value = fc.double({ min: -100, max: 100, noNaN: true }).filter((x) => Math.abs(x) > 1e-4);
    fc.assert(
      fc.property(value, (x) => {
        const [text] = intervalEnds(x, x, 1);
        expect(Math.sign(Number(text.replace('−', '-')))).toBe(Math.sign(x));
      }),
    );
  });
});
