/** What many figures are made of: a mean with its band, levels to compare with, and the ranges that hold both. */
import type { Spread } from '../../state/summary/summary.ts';
import type { ArmStyle } from '../arm-style.ts';
import { fixed } from '../format.ts';
import type { Dash } from './dashes.ts';
import type { BarSeries, Grid, LevelMark, LineMark, Panel } from './figure.ts';

interface MeanOptions {
  readonly style: ArmStyle;
  readonly name: string;
  readonly markers?: boolean;
  /** Multiplies values: 100 for per cent. */
  readonly factor?: number;
  readonly unit: string;
  readonly digits?: number;
  /** What a point's place on the x axis is called, where the heading does not say it. */
  readonly places?: readonly string[];
}

const MAX_POINTS = 500;

/** The mean over seeds with one standard deviation to either side as a shaded band. */
export function meanLine(x: readonly number[], spreads: readonly Spread[], options: MeanOptions): LineMark {
  const { style, name, markers = false, factor = 1, unit, digits = 1, places } = options;
  const stride = Math.ceil(spreads.length / MAX_POINTS);
  const kept = spreads.map((_, i) => i).filter((i) => i % stride === 0 && Number.isFinite(spreads[i].mean));
  const means = kept.map((i) => factor * spreads[i].mean);
  const sds = kept.map((i) => factor * spreads[i].sd);
  return {
    kind: 'line',
    name,
    x: kept.map((i) => x[i]),
    y: means,
    colour: style.token,
    width: 2,
    dash: style.dash,
    ...(kept.some((i) => spreads[i].n > 1) && { band: sds }),
    ...(markers && { marker: { shape: style.marker, size: 5 } }),
    reading: (i) =>
      `${name}${places ? ` at ${places[kept[i]]}:` : ''} ${fixed(means[i], digits)} ± ${fixed(sds[i], digits)}${unit}`,
  };
}

/** A grey line across a panel: the frozen backbone, chance, zero. */
export const level = (at: number, dash: Dash, axis: LevelMark['axis'] = 'y'): LevelMark => ({
  kind: 'level',
  axis,
  at,
  colour: '--reference',
  width: 1.25,
  dash,
});

/** Values that are zero up to rounding: an axis of their own extent would have ticks like "3e−15". */
export const isNothing = (values: readonly number[]): boolean => values.every((value) => Math.abs(value) < 1e-9);

/** A range that holds all values with room at both ends; null for no values. */
export function paddedRange(values: readonly number[], padding = 0.08): [number, number] | null {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return null;
  if (isNothing(finite)) return [-1, 1];
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  const room = Math.max((high - low) * padding, Math.abs(high) * 0.01, 1e-6);
  return [low - room, high + room];
}

/** The range of an accuracy axis: all values and that of the frozen backbone, with room below for the name of a chance level that lies lower. */
export function accuracyRange(values: readonly number[], frozen: number | null): [number, number] {
  const [low, high] = paddedRange(frozen === null ? values : [...values, frozen]) ?? [0, 100];
  return [Math.max(0, low - 0.06 * (high - low)), high];
}

/** Both ends of the bands of curves, for a range that holds them. */
export const bandEnds = (spreads: readonly Spread[], factor: number): number[] =>
  spreads.flatMap(({ mean, sd }) => [factor * (mean - sd), factor * (mean + sd)]);

/** The frozen backbone and chance as lines; a chance level below the visible range is named at the lower edge instead of squeezing the curves. */
export function accuracyReferences(
  range: readonly [number, number],
  frozen: number | null,
  chance: number,
): { marks: LevelMark[]; remark: Pick<Panel, 'remark'> } {
  const isShown = chance >= range[0];
  return {
    marks: [...(frozen === null ? [] : [level(frozen, 'dash')]), ...(isShown ? [level(chance, 'dot')] : [])],
    remark: isShown ? {} : { remark: `chance ${chance.toFixed(1)} % ↓` },
  };
}

/** Panels side by side, or one above the other where there is no width for that. @param gap in pixels, by the way they lie */
export function panelGrid(count: number, stacked: boolean, gap: { across: number; down: number }): Grid {
  const [columns, rows] = stacked ? [1, count] : [count, 1];
  return { columns, rows, columnGap: gap.across, rowGap: gap.down };
}

/** Every nth of so many places, from the first or another on. */
export const everyNth = (count: number, n: number, first = 0): number[] =>
  Array.from({ length: count }, (_, i) => i).filter((i) => i >= first && (i - first) % n === 0);

/** All names of several lists in the order in which they come first, and the values of a list at their places. */
export function alignNames<R extends { readonly name: string }>(
  lists: readonly (readonly R[])[],
): {
  names: string[];
  rows: (R | null)[][];
} {
  const names = [...new Set(lists.flatMap((list) => list.map(({ name }) => name)))];
  return { names, rows: lists.map((list) => names.map((name) => list.find((row) => row.name === name) ?? null)) };
}

/** Numbers in the bars, of those that have one. */
export const barTexts = (values: BarSeries['values'], digits: number, size: number): BarSeries['texts'] => ({
  size,
  of: values.map((value) => (value === null ? '' : value.toFixed(digits))),
});
