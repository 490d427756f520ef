/** What a few timings of the same work say, from clocks that may be coarse. */
import { mean, quantile } from '../../../../core/statistics.ts';

const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Timings of one kind: their centre and its standard error, both in the unit of the timings. */
export interface Centre {
  readonly value: number;
  readonly error: number;
}

const NANOSECONDS = 1e6;

/** Milliseconds in all, summed in the clock's whole nanoseconds: sums of as many of them are equal to the last bit, by which the grain of a clock is found. */
export const sumOf = (milliseconds: readonly number[]): number =>
  milliseconds.reduce((sum, time) => sum + Math.round(NANOSECONDS * time), 0) / NANOSECONDS;

/** The grain of a clock is found if so many different times are whole multiples of it. */
const LEAST_DIFFERENT = 2;
/** From this share of a time on, the grain of the clock decides how times are averaged. */
const COARSE = 0.1;

/** The step between the times of a clock: 0.1 ms where a browser rounds timestamps. 0: none is seen. */
export function grainOf(times: readonly number[]): number {
  const different = [...new Set([0, ...times])].sort((a, b) => a - b);
  if (different.length <= LEAST_DIFFERENT) return different.at(-1) ?? 0;
  const grain = Math.min(...different.slice(1).map((time, i) => time - different[i]));
  const isMultiple = (time: number) => Math.abs(time / grain - Math.round(time / grain)) < 0.02;
  return different.every(isMultiple) ? grain : 0;
}

/**
 * The median, which a disturbed timing does not move. Where the clock is coarse it is the mean: rounded at random phases, only the mean of many is right.
 * @param times at least one
 * @param grain of the clock
 */
export function centreOf(times: readonly number[], grain: number): Centre {
  const count = times.length;
  const usual = mean(times);
  if (grain > COARSE * usual) {
    const deviation = Math.sqrt(mean(times.map((time) => (time - usual) ** 2)));
    return { value: usual, error: Math.max(deviation, grain / 2) / Math.sqrt(count) };
  }
  const value = median(times);
  // 1.4826 and 1.2533: from the median of deviations to a standard deviation, and from there to the error of a median.
  const deviation = 1.4826 * median(times.map((time) => Math.abs(time - value)));
  return { value, error: (1.2533 * Math.max(deviation, grain / Math.sqrt(12))) / Math.sqrt(count) };
}
