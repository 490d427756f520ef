/** Ranges of axes: the extent of a panel's marks where none is given, and never beyond what a quantity can be. */
import type { Mark, NumberAxis, Panel } from '../figure.ts';

/** Padding beyond the outermost values, as a share of the range. */
const ROOM = 0.055;

/** Room for half a marker at a limit, as a share of the range. */
const MARKER_ROOM = 0.03;

interface Extent {
  readonly values: readonly number[];
  /** Bars begin at zero, so no padding is needed beyond it. */
  readonly fromZero?: boolean;
  /** Markers, or a line running along the edge, would be clipped there. */
  readonly needsRoom?: boolean;
}

const around = (values: readonly number[], reach: readonly number[] = []): number[] =>
  values.flatMap((value, i) => [value - (reach[i] ?? 0), value + (reach[i] ?? 0)]);

function barTotals({ series, stacked }: Extract<Mark, { kind: 'bars' }>): number[] {
  if (!stacked)
    return series.flatMap(({ values, errors }) =>
      around(
        values.map((value) => value ?? 0),
        errors,
      ),
    );
  const longest = Math.max(0, ...series.map(({ values }) => values.length));
  return Array.from({ length: longest }, (_, i) => series.reduce((sum, { values }) => sum + (values[i] ?? 0), 0));
}

function extentOf(mark: Mark, letter: 'x' | 'y'): Extent {
  switch (mark.kind) {
    case 'line':
      return letter === 'x'
        ? { values: mark.x, needsRoom: mark.marker !== undefined }
        : { values: around(mark.y, mark.band ?? mark.errors), needsRoom: true };
    case 'points':
      return { values: mark.points.map((point) => point[letter]), needsRoom: true };
    case 'bars':
      return (letter === 'x') === (mark.lying ?? false)
        ? { values: barTotals(mark), fromZero: true, needsRoom: true }
        : { values: [] };
    case 'contour':
      return { values: mark[letter] };
    case 'cells':
    case 'level':
    case 'label':
      return { values: [] };
  }
}

const EMPTY: readonly [number, number] = [-1, 6];

export function openRange({ marks }: Panel, letter: 'x' | 'y', { kind, toZero = false }: NumberAxis): [number, number] {
  const extents = marks.map((mark) => extentOf(mark, letter));
  const all = extents.flatMap(({ values }) => values).filter(Number.isFinite);
  const isLog = kind === 'log';
  const values = isLog ? all.filter((value) => value > 0).map(Math.log10) : all;
  if (values.length === 0) return [...EMPTY];
  const keepsZero = !isLog && (toZero || extents.some(({ fromZero }) => fromZero));
  const low = Math.min(...values, ...(keepsZero ? [0] : []));
  const high = Math.max(...values, ...(keepsZero ? [0] : []));
  const room = low === high ? 1 : extents.some(({ needsRoom }) => needsRoom) ? ROOM * (high - low) : 0;
  const range: [number, number] = [keepsZero && low === 0 ? 0 : low - room, keepsZero && high === 0 ? 0 : high + room];
  return isLog ? [10 ** range[0], 10 ** range[1]] : range;
}

/** The part of a range that lies within the limits of its quantity, with room for a marker that lies at one. */
export function withinLimits(
  [low, high]: readonly [number, number],
  [least, most]: readonly [number, number],
): [number, number] {
  const room = MARKER_ROOM * (Math.min(high, most) - Math.max(low, least));
  return [Math.max(low, least - room), Math.min(high, most + room)];
}
