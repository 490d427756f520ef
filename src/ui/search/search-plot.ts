/** A round of a search as a figure and a table: every way of training as a point in two measures, with its third as its size. */
import { fixed, hundredths, MISSING, percent, signedPoints } from '../../core/number-format.ts';
import { unbeatenIn, type SearchPoint } from '../../state/search/search-points.ts';
import { JUDGED, type Judged } from '../../study/schedules/schedule-search.ts';
import type { TableData } from '../charts/DataTable.tsx';
import type { BuildFigure, Colour, LineMark, Mark, Point } from '../charts/figure.ts';
import { isNarrow } from '../charts/figure-size.ts';
import { level } from '../charts/marks.ts';
import { placeLabels } from '../charts/place-labels.ts';
import { placeIn, plotArea } from '../charts/plot-area.ts';
import { fittedAxis } from '../charts/ranges.ts';
import { SEARCH_WORDS } from './messages.ts';

export interface SearchAxes {
  readonly id: string;
  readonly x: Judged;
  readonly y: Judged;
  /** Shown as the size of points. */
  readonly size: Judged;
}

export const AXES = [
  { id: 'accuracy-kept', x: 'accuracy', y: 'kept', size: 'midpoint' },
  { id: 'accuracy-midpoint', x: 'accuracy', y: 'midpoint', size: 'kept' },
  { id: 'midpoint-kept', x: 'midpoint', y: 'kept', size: 'accuracy' },
] as const satisfies readonly SearchAxes[];

const MARGIN = { left: 48, right: 12, top: 10, bottom: 42 } as const;
/** Diameters of the points with the smallest and with the largest value, in pixels. */
const SIZES = [6, 14] as const;

/** CSS pixels. */
export const searchHeight = (width: number): number => (isNarrow(width) ? 380 : 440);

const inPoints = (share: number): number => 100 * share;
const marginText = (margin: number): string => (Number.isFinite(margin) ? signedPoints(margin) : MISSING);

/** How a point looks: references as their methods do elsewhere, others by what became of them and by how they are taken. */
export function looksOf({ candidate, tried, fate, isWinner }: SearchPoint): Pick<Point, 'shape' | 'hollow'> & {
  colour: Colour;
} {
  if (fate === 'reference')
    return candidate.method === 'lora'
      ? { colour: '--arm-0', shape: 'circle' }
      : { colour: '--arm-1', shape: 'square' };
  if (isWinner) return { colour: '--arm-4', shape: 'star' };
  const shape = tried.take === 'last' ? 'triangle-up' : 'diamond';
  return fate === 'left' ? { colour: '--reference', shape, hollow: true } : { colour: '--arm-2', shape };
}

/** A point in words, for a pointer and for screen readers. */
export const pointReading = ({ name, values, margin, fate }: SearchPoint): string =>
  SEARCH_WORDS.point({
    name,
    values: {
      accuracy: percentOf(values.accuracy),
      kept: percentOf(values.kept),
      midpoint: percentOf(values.midpoint),
    },
    margin: marginText(margin),
    fate: SEARCH_WORDS.fates[fate],
  });

const percentOf = (value: number | null): string => (value === null ? SEARCH_WORDS.unknownMeasure : percent(value));

export interface PlacedPoint {
  readonly point: SearchPoint;
  /** Counted from 1, best first. */
  readonly number: number;
  /** In per cent. */
  readonly x: number;
  readonly y: number;
}

/** The points that have both measures, best first. */
export const placedPoints = (points: readonly SearchPoint[], { x, y }: SearchAxes): PlacedPoint[] =>
  points.flatMap((point, i) => {
    const [across, up] = [point.values[x], point.values[y]];
    return across === null || up === null ? [] : [{ point, number: i + 1, x: inPoints(across), y: inPoints(up) }];
  });

/** The smallest and the largest value of a measure; null while there is none. */
export function extentOf(points: readonly SearchPoint[], judged: Judged): [number, number] | null {
  const values = points.flatMap(({ values }) => values[judged] ?? []);
  return values.length > 0 ? [Math.min(...values), Math.max(...values)] : null;
}

/** A point's area grows with its value. */
function diameter(value: number | null, extent: readonly [number, number] | null): number {
  const [small, large] = SIZES;
  if (value === null || !extent || extent[1] === extent[0]) return small;
  const share = (value - extent[0]) / (extent[1] - extent[0]);
  return Math.sqrt(small ** 2 + share * (large ** 2 - small ** 2));
}

const axisTitle = (judged: Judged, narrow: boolean, direction: string): string =>
  SEARCH_WORDS.better(SEARCH_WORDS.judged[judged][narrow ? 'narrow' : 'axis'], direction);

/** @param points of a round, best first @returns null while fewer than two have both measures */
export function searchPlot(points: readonly SearchPoint[], axes: SearchAxes): BuildFigure | null {
  const placed = placedPoints(points, axes);
  if (placed.length < 2) return null;
  const extent = extentOf(points, axes.size);
  const fitted = {
    x: fittedAxis(
      placed.map(({ x }) => x),
      0.1,
      axes.x !== 'kept',
    ),
    y: fittedAxis(
      placed.map(({ y }) => y),
      0.1,
      axes.y !== 'kept',
    ),
  };
  const ranges = { x: fitted.x.range, y: fitted.y.range };
  const held = placed.filter(({ point }) => point.fate === 'reference');
  const best = (axis: 'x' | 'y'): number[] => (held.length > 0 ? [Math.max(...held.map((one) => one[axis]))] : []);
  const dashed = [
    ...best('x').map((at) => ({ x: [at, at], y: ranges.y })),
    ...best('y').map((at) => ({ x: ranges.x, y: [at, at] })),
  ];
  const levels = (['x', 'y'] as const).flatMap((axis) =>
    best(axis).map((at) => level(at, 'dash', axis, SEARCH_WORDS.bestReference)),
  );
  const unbeaten = unbeatenIn(points, axes.x, axes.y);
  const line: LineMark = {
    kind: 'line',
    name: SEARCH_WORDS.unbeaten,
    x: unbeaten.map(({ values }) => inPoints(values[axes.x] ?? NaN)),
    y: unbeaten.map(({ values }) => inPoints(values[axes.y] ?? NaN)),
    colour: '--reference',
    width: 1.5,
    dash: 'dot',
    reading: (i) => SEARCH_WORDS.isUnbeaten(unbeaten[i].name),
  };
  const sizeOf = ({ values, isWinner }: SearchPoint): number =>
    diameter(values[axes.size], extent) + (isWinner ? 3 : 0);
  // What is left behind is drawn first: the others lie over it.
  const drawn = placed.toSorted((a, b) => Number(b.point.fate === 'left') - Number(a.point.fate === 'left'));
  const marks = drawn.map(({ point, number, x, y }): Mark => {
    const { colour, ...looks } = looksOf(point);
    return {
      kind: 'points',
      name: `${number} ${point.name}`,
      points: [{ x, y, colour, ...looks, size: sizeOf(point) }],
      edge: { colour: looks.hollow ? colour : '--surface', width: 1 },
      reading: () => `${number} ${pointReading(point)}`,
    };
  });
  return (width) => {
    const narrow = isNarrow(width);
    const area = plotArea(width, searchHeight(width), MARGIN);
    const inPixels = placeIn(area, ranges);
    const labels = placeLabels(
      // Those left behind have no name, but their places are taken.
      placed.map(({ point, number, x, y }) => ({
        ...inPixels(x, y),
        size: sizeOf(point),
        ...(point.fate === 'left'
          ? { long: '', short: '' }
          : { long: `${number} ${point.name}`, short: String(number) }),
      })),
      area,
      [...dashed, line].map(({ x, y }) => x.map((one, i) => inPixels(one, y[i]))),
    );
    return {
      margin: MARGIN,
      pointer: 'nearest',
      panels: [
        {
          x: { kind: 'linear', title: axisTitle(axes.x, narrow, '→'), ...fitted.x, ticks: { count: 5 } },
          y: { kind: 'linear', title: axisTitle(axes.y, narrow, '↑'), ...fitted.y, ticks: { count: 5 } },
          marks: [
            ...levels,
            ...(unbeaten.length > 1 ? [line] : []),
            ...marks,
            ...labels.flatMap((label, i): Mark[] =>
              label.text === '' ? [] : [{ kind: 'label', x: placed[i].x, y: placed[i].y, ...label }],
            ),
          ],
        },
      ],
    };
  };
}

export function searchTable(points: readonly SearchPoint[]): TableData {
  const { head, yes, fates } = SEARCH_WORDS;
  return {
    head: [head.candidate, ...JUDGED.map((judged) => head[judged]), head.margin, head.fate, head.unbeaten],
    rows: points.map(({ name, values, margin, fate, isUnbeaten }, i) => [
      `${fixed(i + 1, 0)} ${name}`,
      ...JUDGED.map((judged) => hundredths(values[judged])),
      marginText(margin),
      fates[fate],
      isUnbeaten ? yes : MISSING,
    ]),
  };
}
