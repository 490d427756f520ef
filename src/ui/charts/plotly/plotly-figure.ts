/** Converts a figure to Plotly, with the ranges, ticks and panels of its picture set explicitly, so that nothing jumps when Plotly takes over. */
import type { Layout, Trace } from 'plotly.js-cartesian-dist-min';
import { spokenWriting } from '../../../core/language/catalogue.ts';
import type { BarsMark, ColourBar, Figure, Mark } from '../figure.ts';
import { COLOUR_BAR, PANEL_TITLE_SIZE, REMARK_SIZE, SLANT, TICK_SIZE } from '../looks.ts';
import { colourTicks, scalesIn, shareOf, withRoomForTexts, type PanelScales, type Scale } from '../scales/scales.ts';
import type { ChartTheme } from '../theme.ts';
import {
  escape,
  barTraces,
  cellsTrace,
  contourTrace,
  keysOf,
  labelAnnotation,
  levelShape,
  lineTraces,
  pointsTrace,
  type PlotlyPanel,
} from './plotly-marks.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Plotly refers to axes as "x", "x2", …, and defines them as "xaxis", "xaxis2", …. */
const axisName = (letter: 'x' | 'y', index: number): string => (index === 0 ? letter : `${letter}${index + 1}`);
const axisKey = (letter: 'x' | 'y', index: number): string => `${letter}axis${index === 0 ? '' : index + 1}`;

/** Placeholder for the pointer's position in an axis heading. */
const PLACE = '\u0000';

function headingOf({ axis, letter }: Scale): Layout {
  if (!axis.heading) return {};
  const place = axis.kind === 'names' ? `%{${letter}}` : `%{${letter}:,.3~f}`;
  return { unifiedhovertitle: { text: escape(axis.heading(PLACE)).replace(PLACE, place) } };
}

/** The position of a scale within the margins, as shares from the left or the bottom. */
function domainOf({ letter, start, length }: Scale, { margin }: Figure, size: Size): [number, number] {
  const [inset, inner] =
    letter === 'x'
      ? [margin.left, size.width - margin.left - margin.right]
      : [margin.top, size.height - margin.top - margin.bottom];
  const [from, to] = [(start - inset) / inner, (start + length - inset) / inner];
  return letter === 'x' ? [from, to] : [1 - to, 1 - from];
}

function axisOf(
  scale: Scale,
  anchor: string,
  panel: PanelScales['panel'],
  figure: Figure,
  size: Size,
  theme: ChartTheme,
): Layout {
  const { axis, range, ticks } = scale;
  const isNames = axis.kind === 'names';
  const keys = keysOf(scale);
  const line = theme.colour('--line');
  const ink = theme.colour('--ink-3');
  return {
    title: { text: escape(axis.title ?? ''), font: { size: TICK_SIZE, color: ink }, standoff: 8 },
    type: isNames ? 'category' : axis.kind,
    ...(isNames && { categoryorder: 'array', categoryarray: keys }),
    autorange: false,
    range: axis.kind === 'log' ? range.map(Math.log10) : range,
    domain: domainOf(scale, figure, size),
    anchor,
    gridcolor: line,
    linecolor: line,
    showgrid: axis.lines !== false,
    zeroline: false,
    ...(panel.framed && { mirror: true, showline: true }),
    ticks: '',
    tickvals: ticks.map(({ value }) => (isNames ? keys[value] : value)),
    ticktext: ticks.map(({ lines }) => lines.map(escape).join('<br>')),
    tickangle: axis.slanted ? SLANT : 0,
    tickfont: { size: TICK_SIZE, color: isNames && axis.strong ? theme.colour('--ink-2') : ink },
    showticklabels: axis.labels !== false,
    automargin: false,
    fixedrange: true,
    ...headingOf(scale),
  };
}

function tracesOf(mark: Mark, panel: PlotlyPanel): Trace[] {
  switch (mark.kind) {
    case 'line':
      return lineTraces(mark, panel);
    case 'points':
      return [pointsTrace(mark, panel)];
    case 'bars':
      return barTraces(mark, panel);
    case 'cells':
      return [cellsTrace(mark, panel)];
    case 'contour':
      return [contourTrace(mark, panel)];
    case 'level':
    case 'label':
      return [];
  }
}

const BARE = { showarrow: false, yanchor: 'bottom' };

function panelNotes({ panel, xaxis, yaxis, theme }: PlotlyPanel): Layout[] {
  const within = { xref: `${xaxis} domain`, yref: `${yaxis} domain`, ...BARE };
  const notes: Layout[] = [];
  if (panel.title !== undefined)
    notes.push({
      text: escape(panel.title),
      ...within,
      x: 0,
      y: 1,
      xanchor: 'left',
      font: { size: PANEL_TITLE_SIZE, color: theme.colour('--ink-2') },
    });
  if (panel.remark !== undefined)
    notes.push({
      text: escape(panel.remark),
      ...within,
      x: 1,
      y: 0,
      xanchor: 'right',
      font: { size: REMARK_SIZE, color: theme.colour('--ink-3') },
    });
  return notes;
}

function figureNotes({ xTitle, remark }: Figure, theme: ChartTheme): Layout[] {
  const below = { xref: 'paper', yref: 'paper', y: 0, ...BARE };
  const color = theme.colour('--ink-3');
  return [
    ...(xTitle === undefined
      ? []
      : [{ text: escape(xTitle), ...below, x: 0.5, xanchor: 'center', yshift: -38, font: { size: TICK_SIZE, color } }]),
    ...(remark === undefined
      ? []
      : [{ text: escape(remark), ...below, x: 1, xanchor: 'right', yshift: -62, font: { size: REMARK_SIZE, color } }]),
  ];
}

/** @param ends the values of a trace at the ends of its colours, which the bar may write in another unit */
function colourBar(
  bar: ColourBar,
  ends: readonly [number, number],
  { margin }: Figure,
  size: Size,
  theme: ChartTheme,
): Layout {
  const color = theme.colour('--ink-3');
  const ticks = colourTicks(bar, bar.share * (size.height - margin.top - margin.bottom));
  return {
    title: { text: escape(bar.title ?? ''), side: 'right', font: { size: TICK_SIZE, color } },
    thickness: COLOUR_BAR.width,
    len: bar.share,
    // Positioned relative to the figure: relative to the plot it would move the panels away from the edge.
    xref: 'container',
    x: (size.width - margin.right + COLOUR_BAR.gap) / size.width,
    xanchor: 'left',
    xpad: 0,
    ypad: 0,
    outlinewidth: 0,
    tickfont: { size: TICK_SIZE, color },
    tickvals: ticks.map(({ value }) => ends[0] + shareOf(value, bar.range) * (ends[1] - ends[0])),
    ticktext: ticks.map(({ text }) => text),
  };
}

/** Attaches the colour bar to one panel; all panels share a range. */
function withColourBar(data: readonly Trace[], figure: Figure, size: Size, theme: ChartTheme): readonly Trace[] {
  const last = data.findLastIndex(({ type }) => type === 'contour' || type === 'heatmap');
  if (!figure.colourBar || last < 0) return data;
  const trace = data[last];
  const ends = [trace.zmin, trace.zmax] as [number, number];
  return data.with(last, {
    ...trace,
    showscale: true,
    colorbar: colourBar(figure.colourBar, ends, figure, size, theme),
  });
}

/** Layout shared by all charts: small font, no title (the figure has one), no animation. */
function baseLayout({ margin, pointer }: Figure, theme: ChartTheme): Layout {
  const font = { family: theme.font, size: TICK_SIZE };
  const { decimal, thousands } = spokenWriting();
  return {
    font: { ...font, color: theme.colour('--ink-2') },
    // Of decimals and of thousands, in the numbers that Plotly writes itself.
    separators: decimal + thousands,
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    margin: { l: margin.left, r: margin.right, t: margin.top, b: margin.bottom },
    showlegend: false,
    hovermode: pointer === 'nearest' ? 'closest' : `${pointer} unified`,
    dragmode: false,
    hoverlabel: {
      bgcolor: theme.colour('--surface'),
      bordercolor: theme.colour('--line'),
      font: { ...font, color: theme.colour('--ink') },
      align: 'left',
    },
  };
}

function barLayout({ panels }: Figure): Layout {
  const bars = panels.flatMap(({ marks }) => marks.filter((mark): mark is BarsMark => mark.kind === 'bars'));
  if (bars.length === 0) return {};
  const [{ stacked, gap, barGap = 0 }] = bars;
  return { barmode: stacked ? 'stack' : 'group', bargap: gap, bargroupgap: barGap };
}

export function plotlyFigure(given: Figure, theme: ChartTheme, size: Size): { data: readonly Trace[]; layout: Layout } {
  const figure = withRoomForTexts(given, size.width, size.height);
  const data: Trace[] = [];
  const shapes: Layout[] = [];
  const annotations: Layout[] = [];
  const axes: Layout = {};
  scalesIn(figure, size.width, size.height).forEach((scales, index) => {
    const panel = { ...scales, theme, xaxis: axisName('x', index), yaxis: axisName('y', index) };
    axes[axisKey('x', index)] = axisOf(panel.x, panel.yaxis, panel.panel, figure, size, theme);
    axes[axisKey('y', index)] = axisOf(panel.y, panel.xaxis, panel.panel, figure, size, theme);
    const { marks } = panel.panel;
    const firstTrace = marks.findIndex(({ kind }) => kind !== 'level' && kind !== 'label');
    marks.forEach((mark, i) => {
      data.push(...tracesOf(mark, panel));
      if (mark.kind === 'level') shapes.push(levelShape(mark, i < firstTrace, panel));
      if (mark.kind === 'label') annotations.push(labelAnnotation(mark, panel));
    });
    annotations.push(...panelNotes(panel));
  });
  annotations.push(...figureNotes(figure, theme));
  return {
    data: withColourBar(data, figure, size, theme),
    layout: { ...baseLayout(figure, theme), ...barLayout(figure), ...axes, ...size, shapes, annotations },
  };
}
