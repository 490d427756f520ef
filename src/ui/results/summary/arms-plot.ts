/** Every arm as a point: test accuracy against the barrier between two seeds. */
import type { ScopedInterval } from '../../../core/crossed-interval.ts';
import { SCOPE_WORDS } from '../../../copra/seed-differences.ts';
import { excludesZero, type ArmPoint, type Coordinate } from '../../../state/summary/arm-points.ts';
import type { ArmConfig } from '../../../study/config/config.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure, Mark } from '../../charts/figure.ts';
import { isNarrow } from '../../charts/figure-size.ts';
import { level } from '../../charts/marks.ts';
import { placeLabels } from '../../charts/place-labels.ts';
import { paddedRange } from '../../charts/ranges.ts';
import { fixed, signedPoints } from '../../format.ts';

const MARGIN = { left: 48, right: 12, top: 10, bottom: 42 } as const;

/** CSS pixels. */
export const armsHeight = (width: number): number => (isNarrow(width) ? 380 : 420);

const inPoints = (share: number): number => 100 * share;

/** "+1.6 points (0.2 to 3.0)"; empty where no interval is known. */
function besideFirst(difference: ScopedInterval | null): string {
  if (!difference?.scope) return '';
  return `${signedPoints(difference.mean)} (${signedPoints(difference.low)} to ${signedPoints(difference.high)})`;
}

/** The interval around the point, moved from the difference to the value. */
function interval({ value, difference }: Coordinate): [number, number] | null {
  if (!difference || excludesZero(difference) === 0) return null;
  return [difference.low, difference.high].map((end) => inPoints(value + end - difference.mean)) as [number, number];
}

export function armsPlot(points: readonly ArmPoint[], arms: readonly ArmConfig[]): BuildFigure | null {
  if (points.length < 2) return null;
  const styles = armStyles(arms);
  const first = points.find(({ arm }) => arm === arms[0].id);
  const places = points.map(({ accuracy, barrier }) => ({ x: inPoints(accuracy.value), y: inPoints(barrier.value) }));
  const range = (axis: 'x' | 'y'): [number, number] =>
    paddedRange(
      places.map((place) => place[axis]),
      0.12,
    ) ?? [0, 1];
  const ranges = { x: range('x'), y: range('y') };
  const within = (value: number, [low, high]: readonly [number, number]): number =>
    Math.min(high, Math.max(low, value));
  const intervals = points.flatMap(({ arm, accuracy, barrier }, i): Mark[] => {
    const style = styles.get(arm);
    if (!style) return [];
    const line = (x: readonly number[], y: readonly number[]): Mark => ({
      kind: 'line',
      x: x.map((value) => within(value, ranges.x)),
      y: y.map((value) => within(value, ranges.y)),
      colour: style.token,
      opacity: 0.4,
      width: 1.25,
      dash: 'solid',
    });
    const { x, y } = places[i];
    const [across, along] = [interval(accuracy), interval(barrier)];
    return [...(across ? [line(across, [y, y])] : []), ...(along ? [line([x, x], along)] : [])];
  });
  const marks = points.flatMap(({ arm, name, number, accuracy, barrier }, i): Mark[] => {
    const style = styles.get(arm);
    const [byAccuracy, byBarrier] = [besideFirst(accuracy.difference), besideFirst(barrier.difference)];
    const { x, y } = places[i];
    return style
      ? [
          {
            kind: 'points',
            name: `${number} ${name}`,
            points: [{ x, y, shape: style.marker, size: 9, colour: style.token }],
            edge: { colour: '--surface', width: 1 },
            reading: () =>
              `${number} ${name}: ${fixed(x, 1)} %${byAccuracy && `, ${byAccuracy} points`}; barrier ${fixed(y, 1)}${byBarrier && `, ${byBarrier} points`}`,
          },
        ]
      : [];
  });
  return (width) => {
    const area = { width: width - MARGIN.left - MARGIN.right, height: armsHeight(width) - MARGIN.top - MARGIN.bottom };
    const share = (value: number, [low, high]: readonly [number, number]): number => (value - low) / (high - low);
    const labels = placeLabels(
      points.map(({ name, number }, i) => ({
        x: area.width * share(places[i].x, ranges.x),
        y: area.height * (1 - share(places[i].y, ranges.y)),
        long: `${number} ${name}`,
        short: String(number),
      })),
      area,
    );
    return {
      margin: MARGIN,
      pointer: 'nearest',
      panels: [
        {
          x: {
            kind: 'linear',
            title: isNarrow(width) ? 'test accuracy, % (better →)' : 'test accuracy with every layer on, % (better →)',
            range: ranges.x,
            ticks: { count: 5 },
          },
          y: {
            kind: 'linear',
            title: isNarrow(width) ? 'barrier, points (better ↓)' : 'barrier between two seeds, points (better ↓)',
            range: ranges.y,
            ticks: { count: 5 },
          },
          marks: [
            ...(first
              ? [level(inPoints(first.accuracy.value), 'dash', 'x'), level(inPoints(first.barrier.value), 'dash', 'y')]
              : []),
            ...intervals,
            ...marks,
            ...labels.map((label, i): Mark => ({ kind: 'label', ...places[i], ...label })),
          ],
        },
      ],
    };
  };
}

/** Differences are beside the first arm, with 95 % intervals. */
export function armsTable(points: readonly ArmPoint[], first: string): TableData {
  const over = ({ difference }: Coordinate): string => (difference?.scope ? SCOPE_WORDS[difference.scope] : '–');
  return {
    head: [
      'Arm',
      'Accuracy %',
      `− ${first}`,
      'interval',
      'Seeds',
      'Barrier, points',
      `− ${first}`,
      'interval',
      'Pairs',
    ],
    rows: points.map(({ number, name, accuracy, barrier }) => [
      `${number} ${name}`,
      ...[accuracy, barrier].flatMap((own) => [
        fixed(inPoints(own.value), 1),
        besideFirst(own.difference) || '–',
        over(own),
        String(own.n),
      ]),
    ]),
  };
}
