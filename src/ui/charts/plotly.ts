/** Plotly as one chunk, fetched after first paint and kept. */
import type { Config, Plotly } from 'plotly.js-cartesian-dist-min';

export type { Figure, Layout, Trace } from 'plotly.js-cartesian-dist-min';

let loading: Promise<Plotly> | null = null;

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

let turn: Promise<void> = Promise.resolve();

/** Draws one chart per task, so that eight charts never block the page for longer than one of them takes. */
export function inTurn(draw: () => Promise<unknown>): Promise<void> {
  turn = turn
    .then(() => new Promise<void>((resolve) => setTimeout(resolve, 0)))
    .then(async () => {
      await draw();
    })
    .catch((error: unknown) => console.error('A chart could not be drawn.', error));
  return turn;
}
