/** Where values lie on the axes of a figure, in pixels; with every range and tick that the figure leaves open decided. */
import type { AxisPart, FigureParts, TracePart } from './parts.ts';
import { multiplesWithin, roundStep, tickText } from './ticks.ts';

export interface Tick {
  /** Pixels from the left or top edge. */
  readonly at: number;
  readonly text: string;
}

export interface Scale {
  readonly axis: AxisPart;
  readonly letter: 'x' | 'y';
  readonly range: readonly [number, number];
  /** Distance of ticks in values; null where the figure names its ticks. */
  readonly step: number | null;
  readonly ticks: readonly Tick[];
  /** Pixels: its edge at the left or top, and its length. */
  readonly start: number;
  readonly length: number;
  /** Pixels from the left or top edge. A name is looked up, a number measured. */
  place(value: number | string): number;
}

export type Scales = ReadonlyMap<string, Scale>;

/** Room beyond the outermost values, in parts of the range: more where markers would be cut. */
const ROOM = 0.055;
/** Least pixels between ticks by direction, and between names in heights of their type. */
const TICK_ROOM = { x: 80, y: 40 };
const NAME_ROOM = 1.2;
/** Width of a character of the page's type at size 1, and the room between names side by side. */
const CHARACTER = 0.58;
const NAME_GAP = 6;

interface Extent {
  readonly values: number[];
  /** Bars begin at zero, so no room is needed beyond it. */
  fromZero: boolean;
  hasMarkers: boolean;
}

const finite = (values: readonly (number | string | null)[]): number[] =>
  values.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));

function withErrors(values: readonly (number | string | null)[], errors?: readonly (number | null)[]): number[] {
  return finite(
    values.flatMap((value, i) =>
      typeof value === 'number' ? [value - (errors?.[i] ?? 0), value + (errors?.[i] ?? 0)] : [],
    ),
  );
}

function extend(extent: Extent, trace: TracePart, letter: 'x' | 'y'): void {
  if (trace.type === 'heatmap') return;
  const errors = trace.type === 'bar' && letter === 'x' ? trace.error_x : letter === 'y' ? trace.error_y : undefined;
  for (const value of withErrors(trace[letter], errors?.array)) extent.values.push(value);
  if (trace.type === 'scatter') extent.hasMarkers ||= letter === 'y' || trace.mode !== 'lines';
  else if ((trace.orientation === 'h') === (letter === 'x')) extent.fromZero = true;
}

function openRange(traces: readonly TracePart[], letter: 'x' | 'y', toZero: boolean): [number, number] {
  const extent: Extent = { values: [], fromZero: false, hasMarkers: false };
  for (const trace of traces) extend(extent, trace, letter);
  const { values, fromZero, hasMarkers } = extent;
  if (values.length === 0) return [-1, 6];
  const zero = fromZero || toZero ? [0] : [];
  const low = Math.min(...values, ...zero);
  const high = Math.max(...values, ...zero);
  if (low === high) return [low - 1, high + 1];
  const room = hasMarkers || fromZero ? ROOM * (high - low) : 0;
  const keepsZero = zero.length > 0;
  return [keepsZero && low === 0 ? 0 : low - room, keepsZero && high === 0 ? 0 : high + room];
}

function categoriesOf(traces: readonly TracePart[], letter: 'x' | 'y'): string[] {
  return [...new Set(traces.flatMap((trace) => trace[letter].map(String)))];
}

interface Span {
  readonly start: number;
  readonly length: number;
}

function nameStep(axis: AxisPart, letter: 'x' | 'y', names: readonly string[], { length }: Span): number {
  if (axis.dtick !== undefined) return axis.dtick;
  const size = axis.tickfont.size;
  const longest = Math.max(1, ...names.map((name) => name.length));
  const room = letter === 'y' ? NAME_ROOM * size : longest * CHARACTER * size + NAME_GAP;
  return Math.max(1, Math.ceil((room * names.length) / length));
}

function numberStep(axis: AxisPart, letter: 'x' | 'y', range: readonly [number, number], { length }: Span): number {
  if (axis.dtick !== undefined) return axis.dtick;
  const count = axis.nticks ?? Math.min(9, Math.max(4, length / TICK_ROOM[letter])) + 1;
  return roundStep(Math.abs(range[1] - range[0]) / count);
}

function scaleOf(axis: AxisPart, letter: 'x' | 'y', traces: readonly TracePart[], span: Span): Scale {
  const names = axis.type === 'category' ? categoriesOf(traces, letter) : null;
  const open: readonly [number, number] = names
    ? [-0.5, names.length - 0.5]
    : openRange(traces, letter, axis.rangemode === 'tozero');
  const ordered = axis.range ?? open;
  const range: [number, number] = axis.autorange === 'reversed' ? [ordered[1], ordered[0]] : [ordered[0], ordered[1]];
  const place = (value: number | string): number => {
    const number = typeof value === 'number' && !names ? value : (names?.indexOf(String(value)) ?? NaN);
    const share = (number - range[0]) / (range[1] - range[0]);
    return span.start + span.length * (letter === 'x' ? share : 1 - share);
  };
  const base = { axis, letter, range, ...span, place };
  if (names) {
    const step = nameStep(axis, letter, names, span);
    return {
      ...base,
      step,
      ticks: names.flatMap((name, i) => (i % step === 0 ? [{ at: place(name), text: name }] : [])),
    };
  }
  const within = (at: number): boolean => at >= span.start - 0.5 && at <= span.start + span.length + 0.5;
  if (axis.tickvals) {
    const named = axis.tickvals.map((value, i) => ({ at: place(value), text: axis.ticktext?.[i] ?? String(value) }));
    return { ...base, step: null, ticks: named.filter(({ at }) => within(at)) };
  }
  const step = numberStep(axis, letter, range, span);
  const grouped = axis.tickformat !== undefined;
  const ticks = multiplesWithin(range, step).map((value) => ({
    at: place(value),
    text: tickText(value, step, grouped),
  }));
  return { ...base, step, ticks };
}

/** All axes of a figure drawn at a size in pixels. */
export function scalesOf(parts: FigureParts, width: number, height: number): Scales {
  const { margin, axes, traces } = parts;
  const inner = { width: width - margin.l - margin.r, height: height - margin.t - margin.b };
  return new Map(
    [...axes].map(([name, axis]) => {
      const letter = name.startsWith('x') ? 'x' : 'y';
      const [from, to] = axis.domain;
      const span =
        letter === 'x'
          ? { start: margin.l + from * inner.width, length: (to - from) * inner.width }
          : { start: margin.t + (1 - to) * inner.height, length: (to - from) * inner.height };
      const own = traces.filter((trace) => (letter === 'x' ? trace.xaxis : trace.yaxis) === name);
      return [name, scaleOf(axis, letter, own, span)];
    }),
  );
}
