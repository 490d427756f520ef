/** Every arm as a point: accuracy with everything on against what else it is worth, with the line of those that no other beats. */
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import { READING_WORDS } from '../../../study/readings/messages.ts';
import { excludedSide } from '../../../copra/seed-differences.ts';
import { unbeaten, type ArmPoint, type Coordinate, type PointMeasure } from '../../../state/summary/arm-points.ts';
import type { ArmConfig } from '../../../study/config/config.ts';
import { sweepOf } from '../../../study/config/sweep.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure, LineMark, Mark } from '../../charts/figure.ts';
import { isNarrow } from '../../charts/figure-size.ts';
import { level } from '../../charts/marks.ts';
import { placeLabels } from '../../charts/place-labels.ts';
import { placeIn, plotArea } from '../../charts/plot-area.ts';
import { fittedAxis } from '../../charts/ranges.ts';
import { fixed, signedPoints, signedPointsEnd } from '../../format.ts';
import { FRONTIER_WORDS } from './messages.ts';

const MARGIN = { left: 48, right: 12, top: 10, bottom: 42 } as const;

/** CSS pixels: the diameter of a point, and what one beneath another is wider. */
const POINT = 9;
const RING = 6;

/** CSS pixels. */
export const frontierHeight = (width: number): number => (isNarrow(width) ? 380 : 420);

const inPoints = (share: number): number => 100 * share;

/** "+1.6 (0.2 to 3.0)"; empty where no interval is known. */
function besideFirst(difference: ScopedInterval | null): string {
  if (!difference?.scope) return '';
  const { mean, low, high } = difference;
  return FRONTIER_WORDS.difference(signedPoints(mean), signedPointsEnd(low), signedPointsEnd(high));
}

/** The interval around the point, moved from the difference to the value. */
function interval({ value, difference }: Coordinate): [number, number] | null {
  if (!difference || excludedSide(difference) === 0) return null;
  return [difference.low, difference.high].map((end) => inPoints(value + end - difference.mean)) as [number, number];
}

const placeOf = ({ accuracy, other }: ArmPoint) => ({ x: inPoints(accuracy.value), y: inPoints(other.value) });

const along = (points: readonly ArmPoint[]) => {
  const places = points.map(placeOf);
  return { x: places.map(({ x }) => x), y: places.map(({ y }) => y) };
};

/** In a sweep, the arms of a method in the order of its values, joined by a thin line: points alone would not tell the values apart. */
function sweepLines(points: readonly ArmPoint[], arms: readonly ArmConfig[]): LineMark[] {
  const styles = armStyles(arms);
  return (sweepOf({ arms })?.methods ?? []).flatMap((method): LineMark[] => {
    const own = method.arms.flatMap(({ id }) => points.filter(({ arm }) => arm === id));
    const style = styles.get(method.arms[0].id);
    if (!style || own.length < 2) return [];
    return [
      {
        kind: 'line',
        name: FRONTIER_WORDS.byValue(method.name),
        ...along(own),
        colour: style.token,
        width: 1,
        dash: style.dash,
        reading: (i) => own[i].name,
      },
    ];
  });
}

/** The dashed lines through the arm that the others are compared with, across the chart. */
const levelsOf = ({ x, y }: ReturnType<typeof placeOf>, ranges: Record<'x' | 'y', [number, number]>) => [
  { x: [x, x], y: ranges.y },
  { x: ranges.x, y: [y, y] },
];

/** The line of arms that no other beats in both. */
function unbeatenLine(points: readonly ArmPoint[], measure: PointMeasure): LineMark {
  const line = unbeaten(points, measure);
  return {
    kind: 'line',
    name: FRONTIER_WORDS.unbeaten,
    ...along(line),
    colour: '--reference',
    width: 1.5,
    dash: 'dot',
    reading: (i) => FRONTIER_WORDS.isUnbeaten(line[i].name),
  };
}

/** @param points with this measure; null for fewer than two @param reference id of the arm that the others are compared with */
export function frontierPlot(
  points: readonly ArmPoint[],
  measure: PointMeasure,
  arms: readonly ArmConfig[],
  reference: string,
): BuildFigure | null {
  if (points.length < 2) return null;
  const words = FRONTIER_WORDS.measures[measure.id];
  const styles = armStyles(arms);
  const first = points.find(({ arm }) => arm === reference);
  const all = along(points);
  const fitted = { x: fittedAxis(all.x, 0.12, true), y: fittedAxis(all.y, 0.12, measure.id === 'midpoint') };
  const ranges = { x: fitted.x.range, y: fitted.y.range };
  const within = (value: number, [low, high]: readonly [number, number]): number =>
    Math.min(high, Math.max(low, value));
  const intervals = points.flatMap((point): LineMark[] => {
    const style = styles.get(point.arm);
    if (!style) return [];
    const line = (x: readonly number[], y: readonly number[]): LineMark => ({
      kind: 'line',
      x: x.map((value) => within(value, ranges.x)),
      y: y.map((value) => within(value, ranges.y)),
      colour: style.token,
      opacity: 0.4,
      width: 1.25,
      dash: 'solid',
    });
    const { x, y } = placeOf(point);
    const [across, upright] = [interval(point.accuracy), interval(point.other)];
    return [...(across ? [line(across, [y, y])] : []), ...(upright ? [line([x, x], upright)] : [])];
  });
  const markOf = (point: ArmPoint, above: number): Mark[] => {
    const { arm, name, number, accuracy, other } = point;
    const style = styles.get(arm);
    if (!style) return [];
    const { x, y } = placeOf(point);
    return [
      {
        kind: 'points',
        name: `${number} ${name}`,
        points: [{ x, y, shape: style.marker, size: POINT + above * RING, colour: style.token }],
        edge: { colour: '--surface', width: 1 },
        reading: () =>
          FRONTIER_WORDS.point({
            name: `${number} ${name}`,
            accuracy: fixed(x, 1),
            accuracyBeside: besideFirst(accuracy.difference),
            measure: words,
            value: fixed(y, 1),
            valueBeside: besideFirst(other.difference),
          }),
      },
    ];
  };
  const lines = [unbeatenLine(points, measure), ...sweepLines(points, arms), ...intervals];
  const dashed = first ? levelsOf(placeOf(first), ranges) : [];
  return (width) => {
    const area = plotArea(width, frontierHeight(width), MARGIN);
    const inPixels = placeIn(area, ranges);
    const places = points.map((_, i) => inPixels(all.x[i], all.y[i]));
    const meets = (a: number, b: number): boolean =>
      Math.hypot(places[a].x - places[b].x, places[a].y - places[b].y) < POINT / 2;
    // The first arms come last, above the others: what lies beneath them looks out as a ring.
    const marks = points
      .map((point, i) => markOf(point, points.filter((_, above) => above < i && meets(i, above)).length))
      .toReversed()
      .flat();
    const labels = placeLabels(
      points.map(({ name, number }, i) => ({
        ...places[i],
        long: `${number} ${name}`,
        short: String(number),
      })),
      area,
      [...dashed, ...lines].map(({ x, y }) => x.map((value, i) => inPixels(value, y[i]))),
    );
    return {
      choice: measure.id,
      margin: MARGIN,
      pointer: 'nearest',
      panels: [
        {
          x: {
            kind: 'linear',
            title: isNarrow(width) ? FRONTIER_WORDS.narrowAxis : FRONTIER_WORDS.axis,
            ...fitted.x,
            ticks: { count: 5 },
          },
          y: {
            kind: 'linear',
            title: isNarrow(width) ? words.narrow : words.axis,
            ...fitted.y,
            ticks: { count: 5 },
          },
          marks: [
            ...(first
              ? (['x', 'y'] as const).map((axis) =>
                  level(placeOf(first)[axis], 'dash', axis, FRONTIER_WORDS.levelOf(first.name)),
                )
              : []),
            ...lines,
            ...marks,
            ...labels.map((label, i): Mark => ({ kind: 'label', x: all.x[i], y: all.y[i], ...label })),
          ],
        },
      ],
    };
  };
}

/** Differences are beside one arm, with 95 % intervals. @param first its name */
export function frontierTable(points: readonly ArmPoint[], measure: PointMeasure, first: string): TableData {
  const over = ({ difference }: Coordinate): string =>
    difference?.scope ? READING_WORDS.scopes[difference.scope] : '–';
  const line = new Set(unbeaten(points, measure));
  const beside = [FRONTIER_WORDS.less(first), FRONTIER_WORDS.interval];
  return {
    head: [
      ...[FRONTIER_WORDS.arm, FRONTIER_WORDS.accuracy, ...beside, FRONTIER_WORDS.seeds],
      FRONTIER_WORDS.measures[measure.id].head,
      ...beside,
      measure.measure.unit === 'seed' ? FRONTIER_WORDS.seeds : FRONTIER_WORDS.pairs,
      FRONTIER_WORDS.unbeatenHead,
    ],
    rows: points.map((point) => [
      `${point.number} ${point.name}`,
      ...[point.accuracy, point.other].flatMap((own) => [
        fixed(inPoints(own.value), 1),
        besideFirst(own.difference) || '–',
        over(own),
        String(own.n),
      ]),
      line.has(point) ? FRONTIER_WORDS.yes : '–',
    ]),
  };
}
