/** Round tick values of an axis, and their labels. */
import { grouped } from '../../../core/number-format.ts';

/** Tolerance for rounding at the ends of a range, in steps. */
const SLACK = 1e-6;

/** The smallest of 1, 2, 5 × 10^k that is at least `rough`. */
export function roundStep(rough: number): number {
  const base = 10 ** Math.floor(Math.log10(rough));
  return base * ([1, 2, 5].find((factor) => factor * base >= rough * (1 - SLACK)) ?? 10);
}

/** Multiples of a step within a range, which may be descending. */
export function multiplesWithin(range: readonly [number, number], step: number): number[] {
  const low = Math.ceil(Math.min(...range) / step - SLACK);
  const high = Math.floor(Math.max(...range) / step + SLACK);
  return Array.from({ length: Math.max(0, high - low + 1) }, (_, i) => (low + i) * step);
}

/** As many decimals as the step has, grouped thousands, and a typographic minus sign. */
export function tickText(value: number, step: number): string {
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + SLACK));
  return grouped(Number(value.toFixed(decimals)), decimals);
}

/** Powers of ten within a range of positive numbers. */
export const powersWithin = ([low, high]: readonly [number, number]): number[] =>
  multiplesWithin([Math.log10(low), Math.log10(high)], 1).map((exponent) => 10 ** exponent);

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 0.001 → "10⁻³" */
export function powerText(value: number): string {
  const exponent = Math.round(Math.log10(value));
  const digits = [...String(Math.abs(exponent))].map((digit) => RAISED[Number(digit)]).join('');
  return `10${exponent < 0 ? '⁻' : ''}${digits}`;
}
