/** Traces all charts are made of: a mean line with its band, reference lines, and the chance mark. */
import type { Spread } from '../../state/summary/summary.ts';
import type { ArmStyle } from '../arm-style.ts';
import { plainText } from './plain-text.ts';
import type { Layout, Trace } from './plotly.ts';
import type { ChartTheme } from './theme.ts';

/** Plotly names axes "x", "x2", …; panel 0 is the first. */
export const axisRef = (letter: 'x' | 'y', panel: number): string => (panel === 0 ? letter : `${letter}${panel + 1}`);
export const axisKey = (letter: 'x' | 'y', panel: number): string => `${letter}axis${panel === 0 ? '' : panel + 1}`;

interface BandOptions {
  readonly theme: ChartTheme;
  readonly style: ArmStyle;
  readonly name: string;
  readonly panel?: number;
  readonly markers?: boolean;
  /** Multiplies values: 100 for per cent. */
  readonly factor?: number;
  readonly unit: string;
  readonly digits?: number;
  /** What a point's place on the x axis is called, where the axis does not say it as it is. */
  readonly places?: readonly string[];
  /** Only one panel of a figure may list an arm in the legend of the exported image. */
  readonly inLegend?: boolean;
}

const MAX_POINTS = 500;

/** The mean over seeds with one standard deviation to either side as a shaded band. */
export function bandTraces(x: readonly number[], spreads: readonly Spread[], options: BandOptions): Trace[] {
  const { theme, style, panel = 0, markers = false, factor = 1, unit, digits = 1, places, inLegend = true } = options;
  const name = plainText(options.name);
  const stride = Math.ceil(spreads.length / MAX_POINTS);
  const kept = spreads.map((_, i) => i).filter((i) => i % stride === 0 && Number.isFinite(spreads[i].mean));
  const xs = kept.map((i) => x[i]);
  const means = kept.map((i) => factor * spreads[i].mean);
  const sds = kept.map((i) => factor * spreads[i].sd);
  const colour = theme.arm(style.token);
  const axes = { xaxis: axisRef('x', panel), yaxis: axisRef('y', panel) };
  const band: Trace = {
    type: 'scatter',
    mode: 'lines',
    x: [...xs, ...xs.toReversed()],
    y: [...means.map((mean, i) => mean + sds[i]), ...means.map((mean, i) => mean - sds[i]).toReversed()],
    fill: 'toself',
    fillcolor: theme.fade(colour, 0.16),
    line: { width: 0 },
    hoverinfo: 'skip',
    showlegend: false,
    ...axes,
  };
  const line: Trace = {
    type: 'scatter',
    mode: markers ? 'lines+markers' : 'lines',
    name,
    x: xs,
    y: means,
    customdata: sds.map((sd, i) => (places ? [sd, plainText(places[kept[i]])] : [sd])),
    line: { color: colour, width: 2, dash: style.dash },
    marker: { color: colour, symbol: style.marker, size: 5 },
    hovertemplate: `${name}${places ? ' at %{customdata[1]}:' : ''} %{y:.${digits}f} ± %{customdata[0]:.${digits}f}${unit}<extra></extra>`,
    legendgroup: name,
    showlegend: inLegend,
    ...axes,
  };
  return kept.some((i) => spreads[i].n > 1) ? [band, line] : [line];
}

interface LevelOptions {
  readonly theme: ChartTheme;
  readonly panel: number;
  readonly value: number;
  readonly dash: string;
  readonly direction?: 'horizontal' | 'vertical';
}

/** A grey line across a panel: the frozen backbone, chance, zero. */
export function level({ theme, panel, value, dash, direction = 'horizontal' }: LevelOptions): Layout {
  const across = { [direction === 'horizontal' ? 'x0' : 'y0']: 0, [direction === 'horizontal' ? 'x1' : 'y1']: 1 };
  const at = { [direction === 'horizontal' ? 'y0' : 'x0']: value, [direction === 'horizontal' ? 'y1' : 'x1']: value };
  const refs =
    direction === 'horizontal'
      ? { xref: `${axisRef('x', panel)} domain`, yref: axisRef('y', panel) }
      : { xref: axisRef('x', panel), yref: `${axisRef('y', panel)} domain` };
  return {
    type: 'line',
    layer: 'below',
    line: { color: theme.reference, width: 1.25, dash },
    ...across,
    ...at,
    ...refs,
  };
}

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

/** The frozen backbone and chance as lines; a chance level below the visible range is named at the lower edge instead of squeezing the curves. */
export function accuracyReferences(
  theme: ChartTheme,
  panels: number,
  range: readonly [number, number],
  frozen: number | null,
  chance: number,
): { shapes: Layout[]; annotations: Layout[] } {
  const shapes: Layout[] = [];
  const annotations: Layout[] = [];
  for (let panel = 0; panel < panels; panel++) {
    if (frozen !== null) shapes.push(level({ theme, panel, value: frozen, dash: 'dash' }));
    if (chance >= range[0]) shapes.push(level({ theme, panel, value: chance, dash: 'dot' }));
    else
      annotations.push({
        text: `chance ${chance.toFixed(1)} % ↓`,
        xref: `${axisRef('x', panel)} domain`,
        yref: `${axisRef('y', panel)} domain`,
        x: 1,
        y: 0,
        xanchor: 'right',
        yanchor: 'bottom',
        showarrow: false,
        font: { size: 11, color: theme.ink3 },
      });
  }
  return { shapes, annotations };
}

/** The heading of a panel. */
export function panelTitle(theme: ChartTheme, panel: number, text: string): Layout {
  return {
    text,
    xref: `${axisRef('x', panel)} domain`,
    yref: `${axisRef('y', panel)} domain`,
    x: 0,
    y: 1,
    xanchor: 'left',
    yanchor: 'bottom',
    showarrow: false,
    font: { size: 12.5, color: theme.ink2 },
  };
}

/** One title for the x axes of all panels, which would not fit below each; the figure's lower margin holds it. */
export function sharedTitle(theme: ChartTheme, text: string): Layout {
  return {
    text,
    xref: 'paper',
    yref: 'paper',
    x: 0.5,
    y: 0,
    yshift: -38,
    xanchor: 'center',
    yanchor: 'bottom',
    showarrow: false,
    font: { size: 12, color: theme.ink3 },
  };
}

/** Domains of two panels: side by side, or one above the other where there is no width for that. */
export function panelDomains(
  count: number,
  stacked: boolean,
  gap: number,
): { x: [number, number]; y: [number, number] }[] {
  return Array.from({ length: count }, (_, i) => {
    const size = (1 - gap * (count - 1)) / count;
    const from = i * (size + gap);
    if (!stacked) return { x: [from, from + size], y: [0, 1] };
    return { x: [0, 1], y: [1 - from - size, 1 - from] };
  });
}
