/** Aggregates over seeds: means and bands. */
import { mean, standardDeviation } from '../../core/statistics.ts';

export interface Spread {
  readonly mean: number;
  /** Sample standard deviation over seeds (or seed pairs); null for a single value, which says nothing of it. */
  readonly sd: number | null;
  readonly n: number;
}

/** Null for an empty list: a missing number is shown as missing, never as 0. */
export function spread(values: readonly number[]): Spread | null {
  const n = values.length;
  if (n === 0) return null;
  return { mean: mean(values), sd: n > 1 ? standardDeviation(values) : null, n };
}

export const defined = (values: readonly (number | null | undefined)[]): number[] =>
  values.filter((x): x is number => typeof x === 'number' && Number.isFinite(x));

/** Spread of every column of equally long rows; shorter rows count where they have values. */
export function columnSpreads(rows: readonly (readonly number[])[]): Spread[] {
  const length = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length }, (_, i) => spread(defined(rows.map((row) => row[i]))) ?? { mean: NaN, sd: null, n: 0 });
}
