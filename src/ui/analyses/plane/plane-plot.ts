/** Planes through three adapters: contours of accuracy or loss, one panel per arm, with the training paths projected onto them. */
import { quantile } from '../../../core/statistics.ts';
import type { PlaneResult } from '../../../study/analyses/plane/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import { CIVIDIS, reversed } from '../../charts/colours.ts';
import type { BuildFigure, ContourMark, Mark } from '../../charts/figure.ts';
import { isNarrow, panelGrid } from '../../charts/figure-size.ts';
import { fixed } from '../../format.ts';
import type { Metric } from '../../results/names.ts';
import { seedShape } from '../geometry/seed-shapes.ts';
import { PLANE_WORDS } from './messages.ts';

/** The parts of a result that the figure shows; it redraws only when one of these changes. */
export interface PlaneParts extends Pick<StudyResult, 'planes' | 'config'> {
  readonly task: Pick<StudyResult['task'], 'zeroShot'>;
}

/** Quantile at which the loss scale ends. Losses far from the adapters are many times those nearby; contours above it share one colour. */
const SHOWN_LOSSES = 0.9;
/** Gap between panels, as a share of the plot width. */
export const PANEL_GAP = 0.07;
/** Light lines with a dark edge stand out on every colour of the scale. */
const LINE = 'rgb(255, 255, 255)';
const EDGE = { colour: 'rgb(20, 20, 20)', width: 1.2 } as const;

/** Name of the arm, or of the adapters that span the plane. */
export const planeName = ({ config }: Pick<StudyResult, 'config'>, { arm }: Pick<PlaneResult, 'arm'>): string =>
  config.arms.find(({ id }) => id === arm)?.name ?? PLANE_WORDS.firstThree;

/** A trained classifier is a part of the adapter: where all of it is zero, the backbone has none. */
const zeroName = ({ task }: PlaneParts): string => (task.zeroShot === null ? PLANE_WORDS.zero : PLANE_WORDS.backbone);

const cornerName = (parts: PlaneParts, plane: PlaneResult, run: PlaneResult['corners'][number]['run']): string => {
  const { config } = parts;
  if (!run) return zeroName(parts);
  return plane.arm === null
    ? (config.arms.find(({ id }) => id === run.arm)?.name ?? run.arm)
    : PLANE_WORDS.seed(run.seed);
};

/** Bright means better for both metrics. */
const scaleOf = (metric: Metric) => (metric === 'accuracy' ? CIVIDIS : reversed(CIVIDIS));

function contourOf({ xs, ys, ...scores }: PlaneResult, metric: Metric, range: readonly [number, number]): ContourMark {
  const accuracy = metric === 'accuracy';
  const values = ys.map((_, row) =>
    xs.map((_, column) => {
      const value = scores[metric][row * xs.length + column];
      return value === undefined ? null : accuracy ? 100 * value : value;
    }),
  );
  return {
    kind: 'contour',
    x: xs,
    y: ys,
    values,
    range,
    scale: scaleOf(metric),
    steps: 12,
    reading: (row, column) => PLANE_WORDS[metric](fixed(values[row][column], accuracy ? 1 : 3)),
  };
}

/** The path of one run: a line with a dark edge, a hollow start marker and a large end marker. */
function wayMarks(seeds: readonly number[], { seed, points }: PlaneResult['trajectories'][number]): Mark[] {
  const { shape } = seedShape(seeds, seed);
  const line = { kind: 'line', x: points.map(({ x }) => x), y: points.map(({ y }) => y), dash: 'solid' } as const;
  return [
    { ...line, colour: EDGE.colour, width: 4 },
    { ...line, colour: LINE, width: 1.8 },
    {
      kind: 'points',
      edge: EDGE,
      points: points.map(({ step, x, y }) => ({
        x,
        y,
        shape,
        colour: LINE,
        size: step === null ? 12 : step === 0 ? 8 : 5,
        hollow: step === 0,
      })),
      reading: (i) => {
        const { step, residual } = points[i];
        return PLANE_WORDS.onWay(seed, step, fixed(residual, 2));
      },
    },
  ];
}

/** A common range, so that equal colours mean equal values in all panels. */
function rangeOf(planes: readonly PlaneResult[], metric: Metric): [number, number] {
  const values = planes.flatMap((plane) => plane[metric]).filter(Number.isFinite);
  const low = Math.min(...values);
  const high = metric === 'accuracy' ? Math.max(...values) : quantile(values, SHOWN_LOSSES);
  const [from, to] = metric === 'accuracy' ? [100 * low, 100 * high] : [low, high];
  return to > from ? [from, to] : [from, from + 1e-6];
}

export function planePlot(parts: PlaneParts, metric: Metric): BuildFigure | null {
  const planes = (parts.planes ?? []).filter(({ accuracy }) => accuracy.length > 0);
  if (planes.length === 0) return null;
  const range = rangeOf(planes, metric);
  const { seeds } = parts.config;
  const marksOf = (plane: PlaneResult): Mark[] => {
    const zero = plane.corners.filter(({ run }) => !run);
    const backbone: Mark = {
      kind: 'points',
      edge: EDGE,
      points: zero.map(({ x, y }) => ({ x, y, shape: 'x', size: 10, colour: LINE })),
      reading: () => zeroName(parts),
    };
    return [
      contourOf(plane, metric, range),
      ...plane.trajectories.flatMap((way) => wayMarks(seeds, way)),
      ...(zero.length > 0 ? [backbone] : []),
      ...plane.corners.map(({ run, x, y }): Mark => ({ kind: 'label', x, y, text: cornerName(parts, plane, run) })),
    ];
  };
  return (width) => {
    const stacked = isNarrow(width);
    // Reserves panels for all arms, so that the first does not shrink when the second appears.
    const count = planes[0].arm === null ? 1 : Math.max(parts.config.arms.length, planes.length);
    const ends = (places: readonly number[]) => [places[0], places[places.length - 1]] as const;
    return {
      margin: { left: 46, right: 74, top: 26, bottom: 42 },
      grid: panelGrid(count, stacked, { across: PANEL_GAP * (width - 46 - 74), down: 56 }),
      pointer: 'nearest',
      xTitle: PLANE_WORDS.distance,
      colourBar: {
        scale: scaleOf(metric),
        range,
        title: metric === 'accuracy' ? PLANE_WORDS.accuracyScale : PLANE_WORDS.lossScale,
        share: stacked ? 0.5 : 0.9,
      },
      panels: planes.map((plane) => ({
        title: planeName(parts, plane),
        x: { kind: 'linear', range: ends(plane.xs), lines: false },
        y: { kind: 'linear', range: ends(plane.ys), lines: false },
        equalUnits: true,
        marks: marksOf(plane),
      })),
    };
  };
}

/** Positions of adapters, and the distance of the training paths from the plane; the CSV contains the grid. */
export function planeTable(parts: PlaneParts): TableData {
  const rows = (parts.planes ?? []).flatMap((plane) =>
    plane.trajectories.flatMap(({ seed, points }) =>
      points.map(({ step, x, y, residual }) => [
        planeName(parts, plane),
        String(seed),
        step === null ? PLANE_WORDS.trained : String(step),
        ...[x, y, residual].map((value) => fixed(value, 2)),
      ]),
    ),
  );
  return { head: PLANE_WORDS.head, rows };
}
