/** Estimators against the exact values: error and rank correlation over the number of evaluated coalitions. */
import { MISSING, withDecimalPoint } from '../../../core/number-format.ts';
import { csv, type Cell } from '../../../share/csv/csv.ts';
import type { Comparison } from '../../../state/summary/estimator-comparison.ts';
import type { Spread } from '../../../state/summary/summary.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure } from '../../charts/figure.ts';
import { panelGrid } from '../../charts/figure-size.ts';
import { fixed } from '../../format.ts';
import { SHAPLEY_FIGURE_WORDS } from './further/messages.ts';

/** Colours are reserved for arms, so estimators differ in dash and marker; the default one has the strongest line. */
export const ESTIMATOR_STYLES = {
  'plain-permutation': { token: '--ink-3', dash: 'dot', marker: 'circle', hollow: true },
  permutation: { token: '--ink-3', dash: 'dash', marker: 'circle', hollow: false },
  owen: { token: '--ink-3', dash: 'dashdot', marker: 'diamond', hollow: true },
  kernel: { token: '--ink-3', dash: 'longdash', marker: 'square', hollow: true },
  odd: { token: '--ink', dash: 'solid', marker: 'star', hollow: false },
} as const satisfies Record<Comparison['estimators'][number]['id'], object>;

const standardErrors = (spreads: readonly Spread[]): (number | null)[] =>
  spreads.map(({ sd, n }) => (sd === null ? null : sd / Math.sqrt(n)));

/** Chart width in pixels below which panels stack. */
const STACK_BELOW = 560;
export const COMPARISON_HEIGHT = 430;

const QUANTITIES = [
  { key: 'error', kind: 'log' },
  { key: 'spearman', kind: 'linear' },
] as const;

/** "1.2e-3" */
const exponential = (value: number | null, digits: number): string =>
  value === null ? MISSING : withDecimalPoint(value.toExponential(digits));

export function comparisonPlot({ budgets, estimators }: Comparison): BuildFigure {
  return (width) => {
    const stacked = width < STACK_BELOW;
    return {
      margin: { left: 52, right: 8, top: 22, bottom: 46 },
      grid: panelGrid(QUANTITIES.length, stacked, { across: 60, down: 48 }),
      pointer: 'nearest',
      panels: QUANTITIES.map(({ key, kind }, panel) => ({
        title: SHAPLEY_FIGURE_WORDS.comparison.quantities[key],
        x: {
          kind: 'log',
          title: stacked && panel === 0 ? '' : SHAPLEY_FIGURE_WORDS.comparison.axis,
          ticks: { at: budgets },
        },
        y: { kind, ...(kind === 'linear' && { ticks: { count: 5 } }) },
        marks: estimators.map(({ id, ...estimator }) => {
          const name = SHAPLEY_FIGURE_WORDS.comparison.estimators[id];
          const values = estimator[key].map(({ mean }) => mean);
          const { token, dash, marker, hollow } = ESTIMATOR_STYLES[id];
          const strong = id === 'odd';
          return {
            kind: 'line',
            name,
            x: budgets,
            y: values,
            errors: standardErrors(estimator[key]).map((error) => error ?? 0),
            colour: token,
            width: strong ? 2.5 : 1.5,
            dash,
            marker: { shape: marker, size: strong ? 9 : 7, hollow },
            reading: (i) =>
              SHAPLEY_FIGURE_WORDS.comparison.point(
                name,
                budgets[i],
                key === 'error' ? exponential(values[i], 2) : fixed(values[i], 3),
              ),
          };
        }),
      })),
    };
  };
}

export const comparisonTable = ({ budgets, estimators }: Comparison): TableData => ({
  head: SHAPLEY_FIGURE_WORDS.comparison.head,
  rows: estimators.flatMap(({ id, error, spearman }) =>
    budgets.map((budget, b) => [
      SHAPLEY_FIGURE_WORDS.comparison.estimators[id],
      String(budget),
      exponential(error[b].mean, 1),
      exponential(standardErrors(error)[b], 1),
      fixed(spearman[b].mean, 3),
      fixed(standardErrors(spearman)[b], 3),
    ]),
  ),
});

/** One row per estimator and budget, in the conventions of csv.ts. */
export function comparisonCsv({ budgets, estimators }: Comparison): string {
  const rows = estimators.flatMap(({ id, error, spearman }) =>
    budgets.map((budget, b): Cell[] => [
      ...[id, budget, error[b].n],
      ...[error[b].mean, standardErrors(error)[b], spearman[b].mean, standardErrors(spearman)[b]],
    ]),
  );
  const measures = ['normalised_mse', 'normalised_mse_error', 'spearman', 'spearman_error'];
  return csv(['estimator', 'coalitions', 'seeds', ...measures], rows);
}
