/** Planes through three adapters: contours of accuracy or loss, one panel per arm, with the ways training took projected on them. */
import { fixed } from '../../../core/number-format.ts';
import { quantile } from '../../../core/statistics.ts';
import type { PlaneResult } from '../../../study/analyses/plane/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import { plainText } from '../../charts/plain-text.ts';
import type { BuildFigure } from '../../charts/Chart.tsx';
import { isNarrow } from '../../charts/figure-size.ts';
import type { Layout, Trace } from '../../charts/plotly.ts';
import { axisKey, axisRef, panelDomains, panelTitle, sharedTitle } from '../../charts/series.ts';
import { axis, baseLayout, type ChartTheme } from '../../charts/theme.ts';
import type { Metric } from '../metric.ts';
import { seedShape } from '../geometry/seed-shapes.ts';

/** The parts of a result that the figure shows: it is redrawn when one of them changes, and only then. */
export type PlaneParts = Pick<StudyResult, 'planes' | 'config'>;

/** Sequential, and the same to readers who do not tell all colours apart. */
const SCALE = 'Cividis';
/** Losses far from the adapters are many times those near them: the scale ends here, and the contours above it are one colour. */
const SHOWN_LOSSES = 0.9;
/** On every colour of the scale, light lines with a dark edge can be told from it. */
const LINE = 'rgb(255, 255, 255)';
const EDGE = 'rgb(20, 20, 20)';

/** Of the arm, or of the adapters that span it. */
export const planeName = ({ config }: Pick<StudyResult, 'config'>, { arm }: Pick<PlaneResult, 'arm'>): string =>
  config.arms.find(({ id }) => id === arm)?.name ?? 'First three adapters';

const cornerName = ({ config }: PlaneParts, plane: PlaneResult, run: PlaneResult['corners'][number]['run']): string => {
  if (!run) return 'backbone';
  return plane.arm === null ? (config.arms.find(({ id }) => id === run.arm)?.name ?? run.arm) : `seed ${run.seed}`;
};

function contour(
  { xs, ys, ...scores }: PlaneResult,
  metric: Metric,
  { panel, range, theme, last, stacked }: Frame,
): Trace {
  const accuracy = metric === 'accuracy';
  const z = ys.map((_, row) =>
    xs.map((_, column) => {
      const value = scores[metric][row * xs.length + column];
      return value === undefined ? null : accuracy ? 100 * value : value;
    }),
  );
  const [low, high] = range;
  return {
    type: 'contour',
    x: xs,
    y: ys,
    z,
    zmin: low,
    zmax: high,
    colorscale: SCALE,
    // Bright is good for both.
    reversescale: !accuracy,
    contours: { coloring: 'heatmap', start: low, end: high, size: (high - low) / 12 },
    line: { width: 0.6, color: 'rgba(255, 255, 255, 0.45)' },
    connectgaps: false,
    showscale: last,
    colorbar: {
      title: { text: accuracy ? 'accuracy, %' : 'loss, nats', side: 'right', font: { size: 12, color: theme.ink3 } },
      thickness: 10,
      len: stacked ? 0.5 : 0.9,
      outlinewidth: 0,
      tickfont: { size: 12, color: theme.ink3 },
      tickformat: accuracy ? '.1f' : '.2f',
    },
    hovertemplate: `%{z:.${accuracy ? 1 : 3}f}${accuracy ? ' %' : ' nats'}<extra></extra>`,
    xaxis: axisRef('x', panel),
    yaxis: axisRef('y', panel),
  };
}

interface Frame {
  readonly panel: number;
  readonly range: readonly [number, number];
  readonly theme: ChartTheme;
  readonly last: boolean;
  readonly stacked: boolean;
}

/** The way of one run: a line with a dark edge, hollow at its start, large at its end. */
function wayTraces(seeds: readonly number[], way: PlaneResult['trajectories'][number], panel: number): Trace[] {
  const axes = { xaxis: axisRef('x', panel), yaxis: axisRef('y', panel) };
  const { symbol } = seedShape(seeds, way.seed);
  const [x, y] = [way.points.map((point) => point.x), way.points.map((point) => point.y)];
  const size = way.points.map(({ step }) => (step === null ? 12 : step === 0 ? 8 : 5));
  const symbols = way.points.map(({ step }) => (step === 0 ? `${symbol}-open` : symbol));
  const edge: Trace = {
    ...{ type: 'scatter', mode: 'lines', x, y, line: { color: EDGE, width: 4 } },
    ...{ hoverinfo: 'skip', showlegend: false, ...axes },
  };
  const line: Trace = {
    type: 'scatter',
    mode: 'lines+markers',
    x,
    y,
    customdata: way.points.map(({ step, residual }) => [step === null ? 'trained' : `step ${step}`, residual]),
    line: { color: LINE, width: 1.8 },
    marker: { color: LINE, symbol: symbols, size, opacity: 1, line: { color: EDGE, width: 1.2 } },
    hovertemplate: `seed ${way.seed}, %{customdata[0]}, %{customdata[1]:.2f} from the plane<extra></extra>`,
    showlegend: false,
    ...axes,
  };
  return way.points.length > 1 ? [edge, line] : [line];
}

/** One range for all panels, so that equal colours are equal values. */
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
  return (theme, width) => {
    const stacked = isNarrow(width);
    // Panels for all arms from the start, so that the first does not shrink when the second appears.
    const count = planes[0].arm === null ? 1 : Math.max(parts.config.arms.length, planes.length);
    const domains = panelDomains(count, stacked, stacked ? 0.12 : 0.07);
    const layout: Layout = { ...baseLayout(theme), hovermode: 'closest', margin: { l: 46, r: 74, t: 26, b: 42 } };
    const annotations: Layout[] = [];
    const data = planes.flatMap((plane, panel) => {
      const frame = { panel, range, theme, last: panel === planes.length - 1, stacked };
      const [{ x: xDomain, y: yDomain }] = [domains[panel]];
      const ends = (positions: readonly number[]) => [positions[0], positions[positions.length - 1]];
      const common = { showgrid: false, constrain: 'domain' };
      layout[axisKey('x', panel)] = axis(theme, '', {
        ...{ ...common, domain: xDomain, anchor: axisRef('y', panel), range: ends(plane.xs) },
      });
      layout[axisKey('y', panel)] = axis(theme, '', {
        ...{ ...common, domain: yDomain, anchor: axisRef('x', panel), range: ends(plane.ys) },
        scaleanchor: axisRef('x', panel),
      });
      annotations.push(panelTitle(theme, panel, plainText(planeName(parts, plane))));
      for (const { run, x, y } of plane.corners)
        annotations.push({
          text: plainText(cornerName(parts, plane, run)),
          ...{ x, y, xref: axisRef('x', panel), yref: axisRef('y', panel), showarrow: false, yshift: -15 },
          font: { size: 11, color: EDGE },
          bgcolor: 'rgba(255, 255, 255, 0.75)',
          borderpad: 1,
        });
      const zero = plane.corners.filter(({ run }) => !run);
      const backbone: Trace = {
        ...{ type: 'scatter', mode: 'markers', x: zero.map(({ x }) => x), y: zero.map(({ y }) => y) },
        marker: { symbol: 'x', size: 10, color: LINE, line: { color: EDGE, width: 1.2 } },
        ...{ hovertemplate: 'backbone<extra></extra>', showlegend: false },
        ...{ xaxis: axisRef('x', panel), yaxis: axisRef('y', panel) },
      };
      const ways = plane.trajectories.flatMap((way) => wayTraces(seeds, way, panel));
      return [contour(plane, metric, frame), ...ways, ...(zero.length > 0 ? [backbone] : [])];
    });
    annotations.push(sharedTitle(theme, 'distance between the factors A and B'));
    return { data, layout: { ...layout, annotations } };
  };
}

/** Where adapters lie, and how far the way there keeps from the plane; the grid itself is in the CSV. */
export function planeTable(parts: PlaneParts): TableData {
  const rows = (parts.planes ?? []).flatMap((plane) =>
    plane.trajectories.flatMap(({ seed, points }) =>
      points.map(({ step, x, y, residual }) => [
        planeName(parts, plane),
        String(seed),
        step === null ? 'trained' : String(step),
        ...[x, y, residual].map((value) => fixed(value, 2)),
      ]),
    ),
  );
  return { head: ['Plane', 'Seed', 'Step', 'x', 'y', 'From the plane'], rows };
}
