/** Round numbers for the ticks of an axis, and how they are written. */

/** Guards the ends of a range against rounding, in steps. */
const SLACK = 1e-6;

/** The smallest of 1, 2, 5 × 10^k that is at least `rough`. */
export function roundStep(rough: number): number {
  const base = 10 ** Math.floor(Math.log10(rough));
  return base * ([1, 2, 5].find((factor) => factor * base >= rough * (1 - SLACK)) ?? 10);
}

/** Multiples of a step within a range of either direction. */
export function multiplesWithin(range: readonly [number, number], step: number): number[] {
  const low = Math.ceil(Math.min(...range) / step - SLACK);
  const high = Math.floor(Math.max(...range) / step + SLACK);
  return Array.from({ length: Math.max(0, high - low + 1) }, (_, i) => (low + i) * step);
}

/** As Plotly writes it: no more decimals than the step has, a real minus sign. */
export function tickText(value: number, step: number, grouped: boolean): string {
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + SLACK));
  const rounded = Number(value.toFixed(decimals));
  return (grouped ? rounded.toLocaleString('en') : String(rounded)).replace('-', '−');
}
