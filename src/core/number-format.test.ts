import { expect, it } from 'vitest';
import { compact, fixed, hundredths, integer, percent, signed, signedPoints } from './number-format.ts';

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

it('differences have their sign', () => {
  expect([0.024, -0.024, 0.0001, -0.0001].map(signedPoints)).toEqual(['+2.4', '−2.4', '0.0', '0.0']);
  expect([0.524, -0.524, 0.004].map((value) => signed(value, 2))).toEqual(['+0.52', '−0.52', '0.00']);
});

it('large numbers are grouped, small rates compact', () => {
  expect(integer(20000.4)).toBe('20,000');
  expect([0.003, 0.05, 12, 0].map(compact)).toEqual(['3e-3', '0.05', '12', '0']);
});
