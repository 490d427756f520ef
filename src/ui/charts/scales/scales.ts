/** Maps axis values to pixels, and decides every range and tick that the figure leaves open. */
import { grouped } from '../../../core/number-format.ts';
import type { Axis, ColourBar, Figure, Grid, NameAxis, NumberAxis, Panel } from '../figure.ts';
import { DIGIT, TICK_SIZE, Y_AXIS } from '../looks.ts';
import { openRange, withinLimits } from './extents.ts';
import { multiplesWithin, powersWithin, powerText, roundStep, tickText } from './ticks.ts';

export interface Tick {
  readonly value: number;
  /** Pixels from the left or top edge. */
  readonly at: number;
  /** One line, or several. */
  readonly lines: readonly string[];
}

export interface Scale {
  readonly axis: Axis;
  readonly letter: 'x' | 'y';
  /** From the left or the bottom edge. */
  readonly range: readonly [number, number];
  readonly ticks: readonly Tick[];
  /** Pixels: left or top edge, and length. */
  readonly start: number;
  readonly length: number;
  /** Pixels from the left or top edge. */
  place(value: number): number;
}

export interface PanelScales {
  readonly panel: Panel;
  readonly x: Scale;
  readonly y: Scale;
}

/** Minimum pixels between ticks by direction, and between names in line heights. */
const TICK_ROOM = { x: 80, y: 40 };
const NAME_ROOM = 1.2;
/** Width of a character in the page's font at size 1, and the gap between adjacent names. */
const CHARACTER = 0.58;
const NAME_GAP = 6;

interface Span {
  readonly start: number;
  readonly length: number;
}

/** Indices of the names that have room along so many pixels: all, or every second, third, … @param isLine whether a name takes a line height, not its width */
export function namesWithRoom(names: readonly string[], length: number, isLine: boolean): readonly number[] {
  const longest = Math.max(1, ...names.map((name) => name.length));
  const room = isLine ? NAME_ROOM * TICK_SIZE : longest * CHARACTER * TICK_SIZE + NAME_GAP;
  const step = Math.max(1, Math.ceil((room * names.length) / length));
  return names.flatMap((_, i) => (i % step === 0 ? [i] : []));
}

const namePlaces = ({ names, ticks, slanted }: NameAxis, letter: 'x' | 'y', { length }: Span): readonly number[] =>
  ticks ?? namesWithRoom(names, length, letter === 'y' || (slanted ?? false));

type Written = Pick<Tick, 'value' | 'lines'>;

function numberTicks(axis: NumberAxis, letter: 'x' | 'y', range: readonly [number, number], span: Span): Written[] {
  const { ticks, kind } = axis;
  if (ticks && 'at' in ticks)
    return ticks.at.map((value, i) => ({ value, lines: [ticks.texts?.[i] ?? grouped(value, 3)] }));
  if (kind === 'log') return powersWithin(range).map((value) => ({ value, lines: [powerText(value)] }));
  const count = ticks && 'count' in ticks ? ticks.count : Math.min(9, Math.max(4, span.length / TICK_ROOM[letter])) + 1;
  const step = ticks && 'every' in ticks ? ticks.every : roundStep(Math.abs(range[1] - range[0]) / count);
  const [least, most] = axis.limits ?? [-Infinity, Infinity];
  const within = [Math.max(least, Math.min(...range)), Math.min(most, Math.max(...range))] as const;
  return multiplesWithin(within, step).map((value) => ({ value, lines: [tickText(value, step)] }));
}

function rangeOf(panel: Panel, letter: 'x' | 'y'): readonly [number, number] {
  const axis = panel[letter];
  if (axis.kind !== 'names') {
    const range = axis.range ?? openRange(panel, letter, axis);
    return axis.limits ? withinLimits(range, axis.limits) : range;
  }
  const last = axis.names.length - 0.5;
  return axis.fromTop ? [last, -0.5] : [-0.5, last];
}

function scaleOf(axis: Axis, letter: 'x' | 'y', range: readonly [number, number], span: Span): Scale {
  const measure = axis.kind === 'log' ? Math.log10 : (value: number): number => value;
  const [from, to] = [measure(range[0]), measure(range[1])];
  const place = (value: number): number => {
    const share = (measure(value) - from) / (to - from);
    return span.start + span.length * (letter === 'x' ? share : 1 - share);
  };
  const written: readonly Written[] =
    axis.kind === 'names'
      ? namePlaces(axis, letter, span).map((i) => ({ value: i, lines: axis.written?.[i] ?? [axis.names[i]] }))
      : numberTicks(axis, letter, range, span);
  const ticks = written
    .map((tick) => ({ ...tick, at: place(tick.value) }))
    .filter(({ at }) => at >= span.start - 0.5 && at <= span.start + span.length + 0.5);
  return { axis, letter, range, ticks, ...span, place };
}

const ONE: Grid = { columns: 1, rows: 1, columnGap: 0, rowGap: 0 };

function spansOf(
  { margin, grid = ONE }: Figure,
  index: number,
  width: number,
  height: number,
): Record<'x' | 'y', Span> {
  const { columns, rows, columnGap, rowGap } = grid;
  const across = (width - margin.left - margin.right - (columns - 1) * columnGap) / columns;
  const down = (height - margin.top - margin.bottom - (rows - 1) * rowGap) / rows;
  return {
    x: { start: margin.left + (index % columns) * (across + columnGap), length: across },
    y: { start: margin.top + Math.floor(index / columns) * (down + rowGap), length: down },
  };
}

/** The middle `wanted` pixels of a span. */
const middleOf = ({ start, length }: Span, wanted: number): Span => ({
  start: start + (length - wanted) / 2,
  length: wanted,
});

/** A range resized around its middle. */
function resized([from, to]: readonly [number, number], length: number): [number, number] {
  const middle = (from + to) / 2;
  return [middle - length / 2, middle + length / 2];
}

/** Characters of the longest label. */
export const longestLine = (ticks: readonly Pick<Tick, 'lines'>[]): number =>
  Math.max(0, ...ticks.flatMap(({ lines }) => lines.map((line) => line.length)));

/** Width of a label, in pixels. */
const labelWidth = (tick: Tick): number => longestLine([tick]) * DIGIT * TICK_SIZE;

/** From a vertical axis to the baseline of the title beside its labels, in pixels. @param longest characters of the longest label */
export const titleReach = (longest: number): number => Y_AXIS.labels + longest * DIGIT * TICK_SIZE + Y_AXIS.title;

/** A wider margin on the left where the labels of a vertical axis would push its title out of the figure, as those of small or negative numbers do. */
function withRoomForTitles(figure: Figure, height: number): Figure {
  const { margin, panels, grid = ONE } = figure;
  const needed = panels.flatMap((panel, index) => {
    if (!panel.y.title || index % grid.columns > 0) return [];
    const { ticks } = scaleOf(panel.y, 'y', rangeOf(panel, 'y'), spansOf(figure, index, 0, height).y);
    const longest = panel.y.labels === false ? 0 : longestLine(ticks);
    return [Math.ceil(titleReach(longest) + Y_AXIS.rise)];
  });
  return { ...figure, margin: { ...margin, left: Math.max(margin.left, ...needed) } };
}

/** A wider margin on the right where the last label below an axis would leave the figure: Plotly leaves out such a label. */
function withRoomForLabels(figure: Figure, width: number, height: number): Figure {
  const beyond = scalesIn(figure, width, height).flatMap(({ x: { axis, ticks } }) =>
    axis.labels === false || axis.slanted ? [] : ticks.map((tick) => tick.at + labelWidth(tick) / 2 - width),
  );
  const most = Math.max(0, ...beyond);
  if (most === 0) return figure;
  const { margin } = figure;
  // The tick moves a little less than the end of its axis.
  return { ...figure, margin: { ...margin, right: margin.right + Math.ceil(most) + 1 } };
}

/** The figure with margins that its titles and labels have room in. */
export const withRoomForTexts = (figure: Figure, width: number, height: number): Figure =>
  withRoomForLabels(withRoomForTitles(figure, height), width, height);

/** Scales of all panels of a figure at a size in pixels. */
export const scalesOf = (figure: Figure, width: number, height: number): PanelScales[] =>
  scalesIn(withRoomForTexts(figure, width, height), width, height);

/** The same for a figure that has room for its texts. */
export function scalesIn(figure: Figure, width: number, height: number): PanelScales[] {
  return figure.panels.map((panel, index) => {
    const spans = spansOf(figure, index, width, height);
    const ranges = { x: rangeOf(panel, 'x'), y: rangeOf(panel, 'y') };
    const lengthOf = (letter: 'x' | 'y'): number => ranges[letter][1] - ranges[letter][0];
    const unit = Math.min(spans.x.length / lengthOf('x'), spans.y.length / lengthOf('y'));
    const scale = (letter: 'x' | 'y'): Scale => {
      const axis = panel[letter];
      const [span, range] = [spans[letter], ranges[letter]];
      if (!panel.equalUnits) return scaleOf(axis, letter, range, span);
      // A given range is kept and its panel shrinks; an automatic range fills the panel.
      return axis.kind !== 'names' && axis.range
        ? scaleOf(axis, letter, range, middleOf(span, unit * lengthOf(letter)))
        : scaleOf(axis, letter, resized(range, span.length / unit), span);
    };
    return { panel, x: scale('x'), y: scale('y') };
  });
}

/** Where a value lies in a range: 0 at its begin, 1 at its end. */
export const shareOf = (value: number, [low, high]: readonly [number, number]): number => (value - low) / (high - low);

/** Ticks of a colour bar of the given height in pixels. */
export function colourTicks({ range }: ColourBar, length: number): { value: number; text: string }[] {
  const step = roundStep(((range[1] - range[0]) * TICK_ROOM.y) / length);
  return multiplesWithin(range, step).map((value) => ({ value, text: tickText(value, step) }));
}
