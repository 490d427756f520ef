/** Shapley values of projections of layers as heat maps: projections × layers, one panel per arm, or per arm and step. */
import { PROJECTIONS, TOWERS } from '../../../core/adapter-layout.ts';
import { columnSpreads, type Spread } from '../../../state/summary/summary.ts';
import type { ShapleyResult } from '../../../study/analyses/shapley/result.ts';
import { armStyles } from '../../arm-style.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure, CellsMark, Colour } from '../../charts/figure.ts';
import { everyNth } from '../../charts/names.ts';
import { fixed } from '../../format.ts';
import type { Metric } from '../../results/names.ts';
import { SHAPLEY_FIGURE_WORDS } from './further/messages.ts';
import type { ShapleyParts } from './shapley-plot.ts';

type Players = ShapleyResult['players'];

/** The data of one heat map. */
export interface HeatPanel {
  readonly arm: string;
  readonly title: string;
  /** Where there is little room. */
  readonly narrowTitle: string;
  readonly players: Players;
  /** [players], over seeds, in points of accuracy or nats. */
  readonly values: readonly Spread[];
  readonly errors: readonly number[];
}

/** Panel layout: columns of the grid, and rows from top to bottom. */
export interface HeatGrid {
  readonly columns: number;
  readonly panels: readonly HeatPanel[];
}

const rowName = (player: Players[number], twoTowers: boolean): string => {
  const projection = player.projection ?? '';
  return twoTowers ? SHAPLEY_FIGURE_WORDS.projections.inTower[player.tower](projection) : projection;
};

export const hasModules = (entries: readonly ShapleyResult[]): boolean =>
  entries.some(({ players }) => players.some(({ projection }) => projection !== undefined));

/** Mean over seeds with its standard deviation, or the standard error for a single seed. */
export function panelOf(
  titles: Pick<HeatPanel, 'title' | 'narrowTitle'>,
  arm: string,
  players: Players,
  values: readonly (readonly number[])[],
  standardErrors: readonly number[],
  factor: number,
): HeatPanel {
  const spreads = columnSpreads(values.map((row) => row.map((value) => factor * value)));
  const errors = spreads.map(({ sd }, i) => sd ?? factor * (standardErrors[i] ?? 0));
  return { ...titles, arm, players, values: spreads, errors };
}

export function finalPanels({ shapley, config }: ShapleyParts, metric: Metric): HeatPanel[] {
  return config.arms.flatMap(({ id, name }) => {
    const entries = shapley.filter((entry) => entry.arm === id);
    if (entries.length === 0) return [];
    const errors = metric === 'accuracy' ? entries[0].accuracyError : entries[0].lossError;
    const values = entries.map((entry) => entry[metric]);
    const titles = { title: name, narrowTitle: name };
    return [panelOf(titles, id, entries[0].players, values, errors, metric === 'accuracy' ? 100 : 1)];
  });
}

/** Rows and columns common to all panels. */
function axesOf(panels: readonly HeatPanel[]): { rows: string[]; layers: number; twoTowers: boolean } {
  const players = panels.flatMap((panel) => panel.players);
  const twoTowers = new Set(players.map(({ tower }) => tower)).size > 1;
  const rows = TOWERS.flatMap((tower) =>
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

function cellsOf(
  panel: HeatPanel,
  { rows, layers, twoTowers }: Axes,
  { colour, limit, unit, digits }: { colour: Colour; limit: number; unit: string; digits: number },
): CellsMark {
  const places = rows.map((row) =>
    Array.from({ length: layers }, (_, layer) =>
      panel.players.findIndex((player) => player.layer === layer && rowName(player, twoTowers) === row),
    ),
  );
  return {
    kind: 'cells',
    values: places.map((row) => row.map((i) => (i < 0 ? null : panel.values[i].mean))),
    range: [-limit, limit],
    // Negative values blend towards the text colour, positive ones towards the arm's colour; zero is blank.
    scale: [
      [0, '--ink'],
      [0.5, '--surface'],
      [1, colour],
    ],
    gap: 1.5,
    reading: (row, layer) => {
      const i = places[row][layer];
      if (i < 0) return '';
      const [value, error] = [panel.values[i].mean, panel.errors[i]].map((number) => fixed(number, digits));
      return SHAPLEY_FIGURE_WORDS.projections.cell(
        panel.title,
        rows[row],
        layer + 1,
        SHAPLEY_FIGURE_WORDS.measured(value, error, unit),
      );
    },
  };
}

/** Height of a figure with the given number of panel rows. */
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
  const unit = SHAPLEY_FIGURE_WORDS.units[metric];
  const digits = metric === 'accuracy' ? 2 : 4;
  return (width) => {
    const rows = Math.ceil(panels.length / columns);
    const columnGap = (width < 520 ? 0.04 : 0.03) * width;
    const left = axes.twoTowers ? 58 : 32;
    const panelWidth = (width - left - 8 - columnGap * (columns - 1)) / columns;
    return {
      margin: { left, right: 8, top: 28, bottom: 42 },
      grid: { columns, rows, columnGap, rowGap: 30 },
      pointer: 'nearest',
      xTitle: SHAPLEY_FIGURE_WORDS.projections.axis(fixed(limit, digits), unit),
      panels: panels.map((panel, index) => ({
        title: panelWidth < 120 ? panel.narrowTitle : panel.title,
        x: {
          kind: 'names',
          names: Array.from({ length: axes.layers }, (_, layer) => String(layer + 1)),
          // Labels every cell if there is room, else every third layer.
          ticks: everyNth(axes.layers, panelWidth / axes.layers < 17 ? 3 : 1),
          labels: index >= (rows - 1) * columns,
          lines: false,
        },
        y: {
          kind: 'names',
          names: axes.rows,
          fromTop: true,
          labels: index % columns === 0,
          lines: false,
        },
        marks: [cellsOf(panel, axes, { colour: styles.get(panel.arm)?.token ?? '--ink', limit, unit, digits })],
      })),
    };
  };
}

export function heatTable(panels: readonly HeatPanel[], metric: Metric): TableData {
  const digits = metric === 'accuracy' ? 2 : 4;
  return {
    head: SHAPLEY_FIGURE_WORDS.projections.head(SHAPLEY_FIGURE_WORDS.columns[metric]),
    rows: panels.flatMap(({ title, players, values, errors }) =>
      players.map(({ tower, layer, projection }, i) => [
        title,
        SHAPLEY_FIGURE_WORDS.projections.towers[tower],
        String(layer + 1),
        projection ?? SHAPLEY_FIGURE_WORDS.projections.all,
        fixed(values[i].mean, digits),
        fixed(errors[i], digits),
        String(values[i].n),
      ]),
    ),
  };
}
