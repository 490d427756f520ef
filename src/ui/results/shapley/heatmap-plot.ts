/** Shapley values of projections of layers as heat maps: projections × layers, one panel per arm, or per arm and step. */
import { PROJECTIONS } from '../../../core/adapter-layout.ts';
import { columnSpreads, type Spread } from '../../../state/summary/summary.ts';
import type { ShapleyResult } from '../../../study/analyses/shapley/result.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import { plainText } from '../../charts/plain-text.ts';
import type { BuildFigure } from '../../charts/Chart.tsx';
import type { Layout, Trace } from '../../charts/plotly.ts';
import { axisKey, axisRef, panelTitle, sharedTitle } from '../../charts/series.ts';
import { axis, baseLayout, type ChartTheme } from '../../charts/theme.ts';
import type { Metric } from '../metric.ts';
import type { ShapleyParts } from './shapley-plot.ts';

type Players = ShapleyResult['players'];

/** What one heat map shows. */
export interface HeatPanel {
  readonly arm: string;
  readonly title: string;
  readonly players: Players;
  /** [players], over seeds, in points of accuracy or nats. */
  readonly values: readonly Spread[];
  readonly errors: readonly number[];
}

/** Where panels lie: columns of the grid, and rows from top to bottom. */
export interface HeatGrid {
  readonly columns: number;
  readonly panels: readonly HeatPanel[];
}

const rowName = (player: Players[number], twoTowers: boolean): string => {
  const projection = player.projection ?? 'layer';
  return twoTowers ? `${player.tower} ${projection}` : projection;
};

export const hasModules = (entries: readonly ShapleyResult[]): boolean =>
  entries.some(({ players }) => players.some(({ projection }) => projection !== undefined));

/** Mean over seeds with its standard deviation, or the standard error of the only one. */
export function panelOf(
  title: string,
  arm: string,
  players: Players,
  values: readonly (readonly number[])[],
  standardErrors: readonly number[],
  factor: number,
): HeatPanel {
  const spreads = columnSpreads(values).map(({ mean, sd, n }) => ({ mean: factor * mean, sd: factor * sd, n }));
  const errors = spreads.map(({ sd, n }, i) => (n > 1 ? sd : factor * (standardErrors[i] ?? 0)));
  return { title, arm, players, values: spreads, errors };
}

export function finalPanels({ shapley, config }: ShapleyParts, metric: Metric): HeatPanel[] {
  return config.arms.flatMap(({ id, name }) => {
    const entries = shapley.filter((entry) => entry.arm === id);
    if (entries.length === 0) return [];
    const errors = metric === 'accuracy' ? entries[0].accuracyError : entries[0].lossError;
    const values = entries.map((entry) => entry[metric]);
    return [panelOf(plainText(name), id, entries[0].players, values, errors, metric === 'accuracy' ? 100 : 1)];
  });
}

/** Rows and columns of all panels together, so that every panel has the same. */
function axesOf(panels: readonly HeatPanel[]): { rows: string[]; layers: number; twoTowers: boolean } {
  const players = panels.flatMap((panel) => panel.players);
  const twoTowers = new Set(players.map(({ tower }) => tower)).size > 1;
  const rows = (['vision', 'text'] as const).flatMap((tower) =>
    PROJECTIONS.filter((projection) =>
      players.some((player) => player.tower === tower && player.projection === projection),
    ).map((projection) => rowName({ tower, layer: 0, projection }, twoTowers)),
  );
  return { rows, layers: Math.max(0, ...players.map(({ layer }) => layer + 1)), twoTowers };
}

interface Axes {
  readonly rows: readonly string[];
  readonly layers: number;
  readonly twoTowers: boolean;
}

function heatTrace(
  theme: ChartTheme,
  panel: HeatPanel,
  colour: string,
  { rows, layers, twoTowers }: Axes,
  { index, limit, unit, digits }: { index: number; limit: number; unit: string; digits: number },
): Trace {
  const grid = (of: (player: number) => number | null) =>
    rows.map((row) =>
      Array.from({ length: layers }, (_, layer) => {
        const i = panel.players.findIndex((player) => player.layer === layer && rowName(player, twoTowers) === row);
        return i < 0 ? null : of(i);
      }),
    );
  return {
    type: 'heatmap',
    x: Array.from({ length: layers }, (_, layer) => String(layer + 1)),
    y: rows,
    z: grid((i) => panel.values[i].mean),
    customdata: grid((i) => panel.errors[i]),
    zmin: -limit,
    zmax: limit,
    // Below zero towards ink, above it towards the colour of the arm; nothing at zero.
    colorscale: [
      [0, theme.ink],
      [0.5, theme.surface],
      [1, colour],
    ],
    xgap: 1.5,
    ygap: 1.5,
    showscale: false,
    hoverongaps: false,
    hovertemplate: `${panel.title}, %{y} of layer %{x}: %{z:.${digits}f} ± %{customdata:.${digits}f} ${unit}<extra></extra>`,
    xaxis: axisRef('x', index),
    yaxis: axisRef('y', index),
  };
}

/** Height of a figure of so many rows of panels. */
export const heatHeight = (panelRows: number, cells: number): number => panelRows * (30 + 22 * Math.max(3, cells)) + 46;

export const heatRows = (panels: readonly HeatPanel[]): number => axesOf(panels).rows.length;

export function heatmapPlot(
  { columns, panels }: HeatGrid,
  metric: Metric,
  config: ShapleyParts['config'],
): BuildFigure {
  const axes = axesOf(panels);
  const styles = armStyles(config.arms);
  const limit = Math.max(1e-9, ...panels.flatMap(({ values }) => values.map(({ mean }) => Math.abs(mean || 0))));
  const unit = metric === 'accuracy' ? 'points' : 'nats';
  const digits = metric === 'accuracy' ? 2 : 4;
  return (theme, width) => {
    const rows = Math.ceil(panels.length / columns);
    const gapX = width < 520 ? 0.04 : 0.03;
    const titleRoom = 24 / (heatHeight(rows, axes.rows.length) - 46);
    const panelHeight = 1 / rows - titleRoom;
    const panelWidth = (1 - gapX * (columns - 1)) / columns;
    const layout: Layout = { ...baseLayout(theme), hovermode: 'closest' };
    const annotations: Layout[] = [];
    const data = panels.map((panel, index) => {
      const column = index % columns;
      const row = Math.floor(index / columns);
      const left = column * (panelWidth + gapX);
      const top = 1 - row / rows - titleRoom;
      const last = row === rows - 1;
      layout[axisKey('x', index)] = axis(theme, '', {
        domain: [left, left + panelWidth],
        anchor: axisRef('y', index),
        type: 'category',
        showgrid: false,
        showticklabels: last,
        // Every cell where there is room, else every third layer.
        dtick: (width * panelWidth) / axes.layers < 17 ? 3 : 1,
        tickangle: 0,
      });
      layout[axisKey('y', index)] = axis(theme, '', {
        domain: [Math.max(0, top - panelHeight), top],
        anchor: axisRef('x', index),
        type: 'category',
        autorange: 'reversed',
        showgrid: false,
        showticklabels: column === 0,
      });
      annotations.push(
        panelTitle(theme, index, width * panelWidth < 120 ? panel.title.replace(', step ', ' ') : panel.title),
      );
      const colour = theme.arm(styles.get(panel.arm)?.token ?? '--ink');
      return heatTrace(theme, panel, colour, axes, { index, limit, unit, digits });
    });
    annotations.push(sharedTitle(theme, `layer (strongest: ±${limit.toFixed(digits)} ${unit})`));
    const left = axes.twoTowers ? 58 : 32;
    return { data, layout: { ...layout, annotations, margin: { l: left, r: 8, t: 4, b: 42 } } };
  };
}

export function heatTable(panels: readonly HeatPanel[], metric: Metric): TableData {
  const digits = metric === 'accuracy' ? 2 : 4;
  return {
    head: [
      'Panel',
      'Tower',
      'Layer',
      'Projection',
      metric === 'accuracy' ? 'Accuracy, points' : 'Loss, nats',
      '±',
      'Seeds',
    ],
    rows: panels.flatMap(({ title, players, values, errors }) =>
      players.map(({ tower, layer, projection }, i) => [
        title,
        tower,
        String(layer + 1),
        projection ?? 'all',
        values[i].mean.toFixed(digits),
        errors[i].toFixed(digits),
        String(values[i].n),
      ]),
    ),
  };
}
