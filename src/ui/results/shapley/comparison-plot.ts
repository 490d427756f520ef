/** Estimators against the exact values: error and rank correlation over the number of evaluated coalitions. */
import type { Comparison } from '../../../state/summary/estimator-comparison.ts';
import type { Spread } from '../../../state/summary/summary.ts';
import type { TableData } from '../../charts/DataTable.tsx';
import type { BuildFigure } from '../../charts/Chart.tsx';
import type { Layout, Trace } from '../../charts/plotly.ts';
import { axisKey, axisRef, panelDomains, panelTitle } from '../../charts/series.ts';
import { axis, baseLayout } from '../../charts/theme.ts';

/** Colours belong to the arms, so estimators differ in dash and marker; the default one is drawn strongest. */
const LOOKS = {
  'plain-permutation': { dash: 'dot', marker: 'circle-open' },
  permutation: { dash: 'dash', marker: 'circle' },
  owen: { dash: 'dashdot', marker: 'diamond-open' },
  kernel: { dash: 'longdash', marker: 'square-open' },
  odd: { dash: 'solid', marker: 'star' },
} as const;

const standardErrors = (spreads: readonly Spread[]): number[] => spreads.map(({ sd, n }) => sd / Math.sqrt(n));

/** Narrower charts stack the panels; the narrowest have a legend of one column. */
const STACK_BELOW = 560;
const ONE_COLUMN_BELOW = 400;
export const COMPARISON_HEIGHT = 560;
const TOP = 22;

export function comparisonPlot({ budgets, estimators }: Comparison): BuildFigure {
  return (theme, width) => {
    const stacked = width < STACK_BELOW;
    const domains = panelDomains(2, stacked, stacked ? 0.16 : 0.12);
    const bottom = 46 + (width < ONE_COLUMN_BELOW ? 150 : 92);
    const layout: Layout = {
      ...baseLayout(theme),
      hovermode: 'closest',
      showlegend: true,
      legend: {
        orientation: 'h',
        x: 0,
        y: -46 / (COMPARISON_HEIGHT - TOP - bottom),
        yanchor: 'top',
        font: { size: 12, color: theme.ink2 },
      },
      margin: { l: 52, r: 8, t: TOP, b: bottom },
    };
    const quantities = [
      { key: 'error', title: 'normalised mean squared error', type: 'log' },
      { key: 'spearman', title: 'Spearman rank correlation', type: 'linear' },
    ] as const;
    quantities.forEach(({ type }, panel) => {
      layout[axisKey('x', panel)] = axis(theme, stacked && panel === 0 ? '' : 'coalitions evaluated', {
        type: 'log',
        domain: domains[panel].x,
        anchor: axisRef('y', panel),
        tickvals: budgets,
        ticktext: budgets.map(String),
      });
      layout[axisKey('y', panel)] = axis(theme, '', {
        type,
        domain: domains[panel].y,
        anchor: axisRef('x', panel),
        ...(type === 'log' ? { dtick: 1, tickformat: '.0e' } : { nticks: 5 }),
      });
    });
    const data = estimators.flatMap(({ id, name, ...estimator }) =>
      quantities.map(({ key }, panel): Trace => {
        const strong = id === 'odd';
        const colour = strong ? theme.ink : theme.ink3;
        return {
          type: 'scatter',
          mode: 'lines+markers',
          name,
          legendgroup: id,
          showlegend: panel === 0,
          x: budgets,
          y: estimator[key].map(({ mean }) => mean),
          error_y: {
            type: 'data',
            array: standardErrors(estimator[key]),
            color: colour,
            thickness: 1,
            width: 2,
          },
          line: { color: colour, width: strong ? 2.5 : 1.5, dash: LOOKS[id].dash },
          marker: { color: colour, symbol: LOOKS[id].marker, size: strong ? 9 : 7 },
          hovertemplate: `${name}, %{x} coalitions: %{y:${key === 'error' ? '.2e' : '.3f'}}<extra></extra>`,
          xaxis: axisRef('x', panel),
          yaxis: axisRef('y', panel),
        };
      }),
    );
    return {
      data,
      layout: { ...layout, annotations: quantities.map(({ title }, panel) => panelTitle(theme, panel, title)) },
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
