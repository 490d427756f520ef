/** Converts marks to Plotly: traces for what hovering shows, shapes and annotations for the rest. */
import type { Layout, Trace } from 'plotly.js-cartesian-dist-min';
import { faded, plainColour, plainScale } from '../colours.ts';
import type { Dash } from '../line-styles.ts';
import type {
  BarsMark,
  CellsMark,
  Colour,
  ContourMark,
  LabelMark,
  LevelMark,
  LineMark,
  PointsMark,
} from '../figure.ts';
import { BAND_OPACITY, CONTOUR_LINE, ERROR_LINE, HATCH, HOLLOW_WIDTH, LABEL, TICK_SIZE } from '../looks.ts';
import { holdsTexts } from '../picture/bars.ts';
import type { PanelScales, Scale } from '../scales/scales.ts';
import type { ChartTheme } from '../theme.ts';
import { categoryKeys } from './category-keys.ts';

/** A panel with Plotly's names of its axes. */
export interface PlotlyPanel extends PanelScales {
  readonly xaxis: string;
  readonly yaxis: string;
  readonly theme: ChartTheme;
}

const plotlyDash = (dash: Dash): string => (dash === 'fine' ? '2px,2px' : dash);

/** Hovering over a point shows exactly its mark's reading. */
const read = (texts: unknown): Partial<Trace> => ({ text: texts, hovertemplate: '%{text}<extra></extra>' });
const UNREAD = { hoverinfo: 'skip' };

const errorBars = (array: readonly number[], color: string): Layout => ({
  type: 'data',
  array,
  color,
  thickness: ERROR_LINE.width,
  width: ERROR_LINE.cap,
  visible: array.some((value) => value > 0),
});

export function lineTraces(mark: LineMark, { theme, xaxis, yaxis }: PlotlyPanel): Trace[] {
  const { x, y, band, errors, marker, reading, opacity = 1 } = mark;
  const colour = plainColour(theme, mark.colour);
  const line: Trace = {
    type: 'scatter',
    mode: marker ? 'lines+markers' : 'lines',
    x,
    y,
    line: { color: faded(colour, opacity), width: mark.width, dash: plotlyDash(mark.dash) },
    ...(marker && {
      marker: { color: colour, symbol: `${marker.shape}${marker.hollow ? '-open' : ''}`, size: marker.size },
    }),
    ...(errors && { error_y: errorBars(errors, colour) }),
    ...(reading ? read(x.map((_, i) => escape(reading(i)))) : UNREAD),
    xaxis,
    yaxis,
  };
  if (!band) return [line];
  const edges = [y.map((value, i) => value + band[i]), y.map((value, i) => value - band[i]).toReversed()];
  const area: Trace = {
    type: 'scatter',
    mode: 'lines',
    x: [...x, ...x.toReversed()],
    y: edges.flat(),
    fill: 'toself',
    fillcolor: faded(colour, BAND_OPACITY),
    line: { width: 0 },
    ...UNREAD,
    xaxis,
    yaxis,
  };
  return [area, line];
}

export function pointsTrace({ points, edge, reading }: PointsMark, { theme, xaxis, yaxis }: PlotlyPanel): Trace {
  const edgeColour: Colour = edge?.colour ?? '--surface';
  return {
    type: 'scatter',
    mode: 'markers',
    x: points.map(({ x }) => x),
    y: points.map(({ y }) => y),
    marker: {
      color: points.map(({ colour }) => plainColour(theme, colour)),
      symbol: points.map(({ shape, hollow }) => `${shape}${hollow ? '-open' : ''}`),
      size: points.map(({ size }) => size),
      opacity: 1,
      line: {
        color: points.map(({ colour, hollow }) => plainColour(theme, hollow ? colour : edgeColour)),
        width: points.map(({ hollow }) => (hollow ? HOLLOW_WIDTH : (edge?.width ?? 0))),
      },
    },
    ...read(points.map((_, i) => escape(reading(i)))),
    xaxis,
    yaxis,
  };
}

/** Plotly's categories along an axis of names; none along others. */
export const keysOf = ({ axis }: Scale): string[] =>
  axis.kind === 'names' ? categoryKeys(axis.names.map(escape)) : [];

export function barTraces(mark: BarsMark, panel: PlotlyPanel): Trace[] {
  const { series, lying = false, stacked = false } = mark;
  const { theme, xaxis, yaxis } = panel;
  const names = lying ? panel.y : panel.x;
  const places = keysOf(names);
  const ground = theme.colour('--surface');
  return series.map(({ values, errors, texts, hatched, reading, ...own }) => {
    const colour = plainColour(theme, own.colour);
    const bars = errors && errorBars(errors, theme.colour('--ink-2'));
    return {
      type: 'bar',
      ...(lying ? { orientation: 'h', y: places, x: values, error_x: bars } : { x: places, y: values, error_y: bars }),
      marker: hatched
        ? {
            color: faded(colour, HATCH.opacity),
            line: { width: HATCH.edge, color: colour },
            pattern: { shape: '/', fgcolor: colour, size: HATCH.distance, solidity: 0.25 },
          }
        : { color: colour, line: { width: stacked ? 1 : 0, color: ground } },
      ...(texts &&
        holdsTexts(mark, names, texts.size) && {
          texttemplate: '%{customdata}',
          customdata: texts.of,
          textposition: 'inside',
          insidetextanchor: 'start',
          textangle: 0,
          constraintext: 'none',
          textfont: { size: texts.size, color: ground },
        }),
      // Hover text of a bar is not written in the bar.
      hovertext: values.map((_, i) => escape(reading(i))),
      hovertemplate: '%{hovertext}<extra></extra>',
      xaxis,
      yaxis,
    };
  });
}

export function cellsTrace(mark: CellsMark, panel: PlotlyPanel): Trace {
  const { values, range, scale, gap, text, textSize = TICK_SIZE, reading } = mark;
  const { x, y, theme, xaxis, yaxis } = panel;
  return {
    type: 'heatmap',
    x: keysOf(x),
    y: keysOf(y),
    z: values,
    zmin: range[0],
    zmax: range[1],
    colorscale: plainScale(theme, scale),
    xgap: gap,
    ygap: gap,
    showscale: false,
    hoverongaps: false,
    ...(text && {
      text: values.map((row, r) => row.map((value, c) => (value === null ? '' : text(value, r, c)))),
      texttemplate: '%{text}',
      textfont: { size: textSize },
    }),
    customdata: values.map((row, r) => row.map((_, c) => escape(reading(r, c)))),
    hovertemplate: '%{customdata}<extra></extra>',
    xaxis,
    yaxis,
  };
}

export function contourTrace(mark: ContourMark, { theme, xaxis, yaxis }: PlotlyPanel): Trace {
  const { x, y, values, range, scale, steps, reading } = mark;
  const [low, high] = range;
  return {
    type: 'contour',
    x,
    y,
    z: values,
    zmin: low,
    zmax: high,
    colorscale: plainScale(theme, scale),
    contours: { coloring: 'heatmap', start: low, end: high, size: (high - low) / steps },
    line: { width: CONTOUR_LINE.width, color: faded(CONTOUR_LINE.colour, CONTOUR_LINE.opacity) },
    connectgaps: false,
    showscale: false,
    ...read(values.map((row, r) => row.map((_, c) => escape(reading(r, c))))),
    xaxis,
    yaxis,
  };
}

export function levelShape({ axis, at, colour, width, dash }: LevelMark, isFirst: boolean, panel: PlotlyPanel): Layout {
  const [along, across] = axis === 'y' ? ['x', 'y'] : ['y', 'x'];
  return {
    type: 'line',
    layer: isFirst ? 'below' : 'above',
    line: { color: plainColour(panel.theme, colour), width, dash: plotlyDash(dash) },
    [`${along}0`]: 0,
    [`${along}1`]: 1,
    [`${across}0`]: at,
    [`${across}1`]: at,
    xref: axis === 'y' ? `${panel.xaxis} domain` : panel.xaxis,
    yref: axis === 'y' ? panel.yaxis : `${panel.yaxis} domain`,
  };
}

/** Plotly writes the styles of a span as they are. */
const withHalo = (text: string, theme: ChartTheme): string =>
  `<span style="paint-order:stroke;stroke:${theme.colour('--surface')};stroke-width:${LABEL.halo}px;stroke-linejoin:round">${text}</span>`;

export const labelAnnotation = (
  { x, y, text, shift }: LabelMark,
  { xaxis, yaxis, theme }: Pick<PlotlyPanel, 'xaxis' | 'yaxis' | 'theme'>,
): Layout => ({
  text: shift ? withHalo(escape(text), theme) : escape(text),
  x,
  y,
  xref: xaxis,
  yref: yaxis,
  showarrow: false,
  ...(shift
    ? { xshift: shift[0], yshift: -shift[1], font: { size: LABEL.size, color: theme.colour('--ink-2') } }
    : {
        yshift: -LABEL.drop,
        font: { size: LABEL.size, color: LABEL.ink },
        bgcolor: faded(LABEL.ground, LABEL.opacity),
        borderpad: 1,
      }),
});

/**
 * Plotly interprets some HTML in names (bold, links) and %{…} in texts. Names come from untrusted links and files, so they are escaped and shown
 * verbatim.
 */
export const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('%{', '%\u200b{');
