/** Interactions of pairs of layers as heat maps, layers × layers, one panel per arm. */
import { layerNames } from '../../../core/layer-names.ts';
import { pairIndex, pairsOf } from '../../../core/pairs.ts';
import { columnSpreads, type Spread } from '../../../state/summary/summary.ts';
import type { EveryCoalition, ShapleyResult } from '../../../study/analyses/shapley/result.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure, CellsMark, ColourScale, LevelMark } from '../../charts/figure.ts';
import { isNarrow } from '../../charts/figure-size.ts';
import { everyNth } from '../../charts/names.ts';
import { fixed } from '../../format.ts';
import type { Metric } from '../../results/names.ts';
import { SHAPLEY_FIGURE_WORDS } from './further/messages.ts';
import type { ShapleyParts } from './shapley-plot.ts';
import { layersTitle } from '../../results/layer-axis.ts';

type Players = ShapleyResult['players'];

/** Width of a character and height of a line of axis names, in pixels. */
const CHARACTER = 7;
const LINE = 15;

/** The interactions of one arm. */
export interface InteractionPanel {
  readonly name: string;
  readonly players: Players;
  /** [pairs], over seeds, in points of accuracy or nats. */
  readonly values: readonly Spread[];
  /** Standard deviation over seeds, or the standard error over images for a single seed. */
  readonly errors: readonly number[];
}

/** The runs of every arm of which all coalitions are known. */
export function knownRuns({ shapley, config }: ShapleyParts) {
  return config.arms.flatMap((arm) => {
    const runs = shapley.flatMap(({ everyCoalition, ...entry }) =>
      entry.arm === arm.id && everyCoalition ? [{ ...entry, everyCoalition }] : [],
    );
    return runs.length > 0 ? [{ arm, runs }] : [];
  });
}

const ERRORS = { accuracy: 'accuracyError', loss: 'lossError' } as const satisfies Record<
  Metric,
  keyof EveryCoalition['interactions']
>;

export const interactionPanels = (result: ShapleyParts, metric: Metric): InteractionPanel[] =>
  knownRuns(result).map(({ arm, runs }) => {
    const factor = metric === 'accuracy' ? 100 : 1;
    const interactions = runs.map(({ everyCoalition }) => everyCoalition.interactions);
    const values = columnSpreads(interactions.map((of) => of[metric].map((value) => factor * value)));
    const ofImages = interactions[0][ERRORS[metric]];
    const errors = values.map(({ sd }, pair) => sd ?? factor * ofImages[pair]);
    return { name: arm.name, players: runs[0].players, values, errors };
  });

const digitsOf = (metric: Metric): number => (metric === 'accuracy' ? 2 : 4);

/** Violet: substitutes. Green: they need each other. Blank: neither. The colours of the first two arms mean LoRA and CopRA, so these are others. */
const SCALE: ColourScale = [
  [0, '--arm-3'],
  [0.5, '--surface'],
  [1, '--arm-2'],
];

/** Lines between the towers. */
const borders = (players: Players): LevelMark[] =>
  players.flatMap(({ tower }, i) =>
    i > 0 && tower !== players[i - 1].tower
      ? (['x', 'y'] as const).map((axis): LevelMark => ({
          kind: 'level',
          axis,
          at: i - 0.5,
          colour: '--ink-3',
          width: 1.25,
          dash: 'solid',
        }))
      : [],
  );

function cellsOf({ name, players, values, errors }: InteractionPanel, metric: Metric, limit: number): CellsMark {
  const layers = layerNames(players);
  const pairAt = (row: number, column: number): number | null =>
    row === column ? null : pairIndex(row, column, players.length);
  return {
    kind: 'cells',
    values: players.map((_, row) =>
      players.map((_other, column) => {
        const pair = pairAt(row, column);
        return pair === null ? null : values[pair].mean;
      }),
    ),
    range: [-limit, limit],
    scale: SCALE,
    gap: players.length > 12 ? 0.5 : 1,
    reading: (row, column) => {
      const pair = pairAt(row, column);
      if (pair === null) return '';
      const [value, error] = [values[pair].mean, errors[pair]].map((number) => fixed(number, digitsOf(metric)));
      return SHAPLEY_FIGURE_WORDS.interactions.cell(
        name,
        layers[row],
        layers[column],
        SHAPLEY_FIGURE_WORDS.measured(value, error, SHAPLEY_FIGURE_WORDS.units[metric]),
      );
    },
  };
}

const MARGIN = { left: 34, right: 76, top: 26, bottom: 42 };
const GAPS = { across: 22, down: 34 };

/** Panels side by side, or below each other. */
const columnsAt = (panels: number, width: number): number => (isNarrow(width) ? 1 : Math.min(panels, 2));

/** Height at which cells are square. */
export function interactionsHeight(panels: number, width: number): number {
  const columns = columnsAt(panels, width);
  const rows = Math.ceil(panels / columns);
  const side = (width - MARGIN.left - MARGIN.right - GAPS.across * (columns - 1)) / columns;
  return MARGIN.top + MARGIN.bottom + rows * Math.min(420, Math.max(160, side)) + (rows - 1) * GAPS.down;
}

export function interactionsPlot(result: ShapleyParts, metric: Metric): BuildFigure | null {
  const panels = interactionPanels(result, metric);
  if (panels.length === 0) return null;
  const limit = Math.max(1e-9, ...panels.flatMap(({ values }) => values.map(({ mean }) => Math.abs(mean || 0))));
  return (width) => {
    const columns = columnsAt(panels.length, width);
    const rows = Math.ceil(panels.length / columns);
    const side = (width - MARGIN.left - MARGIN.right - GAPS.across * (columns - 1)) / columns;
    return {
      margin: MARGIN,
      grid: { columns, rows, columnGap: GAPS.across, rowGap: GAPS.down },
      pointer: 'nearest',
      xTitle: layersTitle(),
      colourBar: {
        scale: SCALE,
        range: [-limit, limit],
        title: SHAPLEY_FIGURE_WORDS.units[metric],
        share: rows > 1 ? 0.5 : 0.9,
      },
      panels: panels.map((panel, index) => {
        const names = layerNames(panel.players);
        const cell = side / names.length;
        // Names stand side by side below the map and one under the other beside it.
        const widest = CHARACTER * (1 + Math.max(...names.map(({ length }) => length)));
        const ticks = (needed: number): number[] => everyNth(names.length, Math.ceil(needed / cell));
        return {
          title: panel.name,
          x: { kind: 'names', names, ticks: ticks(widest), lines: false, labels: index >= (rows - 1) * columns },
          y: { kind: 'names', names, ticks: ticks(LINE), lines: false, fromTop: true, labels: index % columns === 0 },
          marks: [cellsOf(panel, metric, limit), ...borders(panel.players)],
        };
      }),
    };
  };
}

export function interactionsTable(result: ShapleyParts, metric: Metric): TableData {
  const rows = interactionPanels(result, metric).flatMap(({ name, players, values, errors }) => {
    return pairsOf(layerNames(players)).map(([first, second], pair) => [
      name,
      first,
      second,
      fixed(values[pair].mean, digitsOf(metric)),
      fixed(errors[pair], digitsOf(metric)),
      String(values[pair].n),
    ]);
  });
  return { head: SHAPLEY_FIGURE_WORDS.interactions.head(SHAPLEY_FIGURE_WORDS.columns[metric]), rows };
}
