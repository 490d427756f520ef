/** Marks shared by many figures: a mean with its band, reference levels, numbers in bars. */
import type { Spread } from '../../state/summary/summary.ts';
import type { ArmStyle } from '../arm-style.ts';
import { fixed } from '../format.ts';
import type { Dash } from './line-styles.ts';
import type { BarSeries, LevelMark, LineMark } from './figure.ts';
import { CHARTS_WORDS } from './messages.ts';

interface MeanOptions {
  readonly style: ArmStyle;
  readonly name: string;
  readonly markers?: boolean;
  /** Multiplies values: 100 for per cent. */
  readonly factor?: number;
  readonly unit: string;
  readonly digits?: number;
  /** Names of the points' x positions, where the heading does not give them. */
  readonly places?: readonly string[];
}

const MAX_POINTS = 500;

/** The mean over seeds, with a shaded band of ± one standard deviation. */
export function meanLine(x: readonly number[], spreads: readonly Spread[], options: MeanOptions): LineMark {
  const { style, name, markers = false, factor = 1, unit, digits = 1, places } = options;
  const stride = Math.ceil(spreads.length / MAX_POINTS);
  const kept = spreads.map((_, i) => i).filter((i) => i % stride === 0 && Number.isFinite(spreads[i].mean));
  const means = kept.map((i) => factor * spreads[i].mean);
  const reach = (i: number): number => factor * (spreads[i].sd ?? 0);
  return {
    kind: 'line',
    name,
    x: kept.map((i) => x[i]),
    y: means,
    colour: style.token,
    width: 2,
    dash: style.dash,
    ...(kept.some((i) => spreads[i].sd !== null) && { band: kept.map(reach) }),
    ...(markers && { marker: { shape: style.marker, size: 5 } }),
    reading: (i) => {
      const spread = spreads[kept[i]].sd === null ? '' : ` ± ${fixed(reach(kept[i]), digits)}`;
      const value = `${fixed(means[i], digits)}${spread}${unit}`;
      return places ? CHARTS_WORDS.valueAt(name, places[kept[i]], value) : `${name} ${value}`;
    },
  };
}

/** A grey line across a panel of which the axis says what it is: zero, the end of a part. */
export const plainLevel = (at: number, dash: Dash, axis: LevelMark['axis'] = 'y'): LevelMark => ({
  kind: 'level',
  axis,
  at,
  colour: '--reference',
  width: 1.25,
  dash,
});

/** A grey reference line across a panel: the frozen backbone, chance, another arm. @param name in the legend of a standalone image */
export const level = (at: number, dash: Dash, axis: LevelMark['axis'], name: string): LevelMark => ({
  ...plainLevel(at, dash, axis),
  name,
});

/** Numbers written in the bars that have a value. */
export const barTexts = (values: BarSeries['values'], digits: number, size: number): BarSeries['texts'] => ({
  size,
  of: values.map((value) => (value === null ? '' : fixed(value, digits))),
});
