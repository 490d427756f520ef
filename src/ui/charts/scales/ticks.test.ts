import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { speak, speakEnglish } from '../../../core/language/catalogue.ts';
import { multiplesWithin, powersWithin, powerText, roundStep, tickText } from './ticks.ts';

afterEach(speakEnglish);

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

  it('are written with the decimals of the step, thousands apart', () => {
    expect([2.5, 2].map((value) => tickText(value, 0.5))).toEqual(['2.5', '2']);
    expect(tickText(3 * 0.1, 0.1)).toBe('0.3');
    expect(tickText(-20, 20)).toBe('−20');
    expect(tickText(2000, 500)).toBe('2,000');
    expect(tickText(0.00002, 0.00001)).toBe('0.00002');
  });

  it('are written as the spoken language does', () => {
    speak('de', () => null);
    expect([tickText(2000, 500), tickText(-0.5, 0.5)]).toEqual(['2.000', '−0,5']);
  });

  it('of a logarithm are powers of ten', () => {
    expect(powersWithin([0.0005, 20]).map(powerText)).toEqual(['10⁻³', '10⁻²', '10⁻¹', '10⁰', '10¹']);
    expect(powerText(1e12)).toBe('10¹²');
  });
});
