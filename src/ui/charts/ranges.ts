/** Axis ranges that fit given values, with padding. */
import type { Spread } from '../../state/summary/summary.ts';
import { withinLimits } from './scales/extents.ts';

/** What an accuracy in per cent can be: the limits of its axis. */
export const PERCENT = [0, 100] as const;

/** Values that are zero up to rounding: an axis fitted to them would have ticks like "3e−15". */
export const isNothing = (values: readonly number[]): boolean => values.every((value) => Math.abs(value) < 1e-9);

/** A range that contains all values, padded at both ends; null for no values. */
export function paddedRange(values: readonly number[], padding = 0.08): [number, number] | null {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return null;
  if (isNothing(finite)) return [-1, 1];
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  const room = Math.max((high - low) * padding, Math.abs(high) * 0.01, 1e-6);
  return [low - room, high + room];
}

/** An axis that fits values. @param isAccuracy they are accuracies in per cent */
export function fittedAxis(
  values: readonly number[],
  padding: number,
  isAccuracy: boolean,
): { readonly range: [number, number]; readonly limits?: readonly [number, number] } {
  const range = paddedRange(values, padding) ?? [0, 1];
  return isAccuracy ? { range: withinLimits(range, PERCENT), limits: PERCENT } : { range };
}

/** The range of an accuracy axis, whose limits are PERCENT: all values and the frozen backbone's, with space below, a share of the range, for the label of a lower chance level. */
export function accuracyRange(values: readonly number[], frozen: number | null, space = 0.06): [number, number] {
  const [low, high] = paddedRange(frozen === null ? values : [...values, frozen]) ?? [0, 100];
  return [low - space * (high - low), high];
}

/** Both ends of the curves' bands, to be included in a range. */
export const bandEnds = (spreads: readonly Spread[], factor: number): number[] =>
  spreads.flatMap(({ mean, sd }) => [factor * (mean - (sd ?? 0)), factor * (mean + (sd ?? 0))]);
