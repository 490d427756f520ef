/** Plotly as one chunk, fetched after first paint and kept. */
import type { Config, Plotly } from 'plotly.js-cartesian-dist-min';

export type { Figure, Layout, Trace } from 'plotly.js-cartesian-dist-min';

let loading: Promise<Plotly> | null = null;

/** What follows the pointer over a chart that Plotly has drawn: needed with Plotly, and not before. */
export const hoverPlacement = () => import('./place-hover.ts');

export function loadPlotly(): Promise<Plotly> {
  loading ??= import('plotly.js-cartesian-dist-min').then((module) => module.default);
  return loading;
}

export const PLOT_CONFIG: Config = {
  displayModeBar: false,
  responsive: false,
  scrollZoom: false,
  doubleClick: 'reset',
  showTips: false,
};
