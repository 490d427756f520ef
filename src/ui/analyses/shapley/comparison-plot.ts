/** Estimators against the exact values: error and rank correlation over the number of evaluated coalitions. */
import { counted } from '../../../core/counted.ts';
import type { Comparison } from '../../../state/summary/estimator-comparison.ts';
import type { Spread } from '../../../state/summary/summary.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure } from '../../charts/figure.ts';
import { panelGrid } from '../../charts/figure-size.ts';
import { fixed } from '../../format.ts';

/** Colours are reserved for arms, so estimators differ in dash and marker; the default one has the strongest line. */
export const ESTIMATOR_STYLES = {
  'plain-permutation': { token: '--ink-3', dash: 'dot', marker: 'circle', hollow: true },
  permutation: { token: '--ink-3', dash: 'dash', marker: 'circle', hollow: false },
  owen: { token: '--ink-3', dash: 'dashdot', marker: 'diamond', hollow: true },
  kernel: { token: '--ink-3', dash: 'longdash', marker: 'square', hollow: true },
  odd: { token: '--ink', dash: 'solid', marker: 'star', hollow: false },
} as const satisfies Record<Comparison['estimators'][number]['id'], object>;

const standardErrors = (spreads: readonly Spread[]): number[] => spreads.map(({ sd, n }) => sd / Math.sqrt(n));

/** Chart width in pixels below which panels stack. */
const STACK_BELOW = 560;
export const COMPARISON_HEIGHT = 430;

const QUANTITIES = [
  { key: 'error', title: 'normalised mean squared error', kind: 'log' },
  { key: 'spearman', title: 'Spearman rank correlation', kind: 'linear' },
] as const;

export function comparisonPlot({ budgets, estimators }: Comparison): BuildFigure {
  return (width) => {
    const stacked = width < STACK_BELOW;
    return {
      margin: { left: 52, right: 8, top: 22, bottom: 46 },
      grid: panelGrid(QUANTITIES.length, stacked, { across: 60, down: 48 }),
      pointer: 'nearest',
      panels: QUANTITIES.map(({ key, title, kind }, panel) => ({
        title,
        x: {
          kind: 'log',
          title: stacked && panel === 0 ? '' : 'coalitions evaluated',
          ticks: { at: budgets },
        },
        y: { kind, ...(kind === 'linear' && { ticks: { count: 5 } }) },
        marks: estimators.map(({ id, name, ...estimator }) => {
          const values = estimator[key].map(({ mean }) => mean);
          const { token, dash, marker, hollow } = ESTIMATOR_STYLES[id];
          const strong = id === 'odd';
          return {
            kind: 'line',
            name,
            x: budgets,
            y: values,
            errors: standardErrors(estimator[key]),
            colour: token,
            width: strong ? 2.5 : 1.5,
            dash,
            marker: { shape: marker, size: strong ? 9 : 7, hollow },
            reading: (i) =>
              `${name}, ${counted(budgets[i], 'coalition')}: ${key === 'error' ? values[i].toExponential(2) : fixed(values[i], 3)}`,
          };
        }),
      })),
    };
  };
}

export function comparisonTable({ budgets, estimators }: Comparison): TableData {
  return {
    head: ['Estimator', 'Coalitions', 'Normalised MSE', '± standard error', 'Spearman', '± standard error'],
    rows: estimators.flatMap(({ name, error, spearman }) =>
      budgets.map((budget, b) => [
        name,
        String(budget),
        error[b].mean.toExponential(1),
        standardErrors(error)[b].toExponential(1),
        spearman[b].mean.toFixed(3),
        standardErrors(spearman)[b].toFixed(3),
      ]),
    ),
  };
}

export function comparisonCsv(comparison: Comparison): string {
  const { head, rows } = comparisonTable(comparison);
  return [head, ...rows]
    .map((row) => `${row.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',')}\r\n`)
    .join('');
}
