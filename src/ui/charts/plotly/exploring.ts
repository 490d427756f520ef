/** Replaces a picture with Plotly. In one chunk with Plotly itself, which is loaded on the first hover over a chart. */
import plotly, { type Config } from 'plotly.js-cartesian-dist-min';
import type { Figure } from '../figure.ts';
import type { ChartTheme } from '../theme.ts';
import { keepHoverClear } from './place-hover.ts';
import { plotlyFigure } from './plotly-figure.ts';

const CONFIG: Config = {
  displayModeBar: false,
  responsive: false,
  scrollZoom: false,
  doubleClick: 'reset',
  showTips: false,
};

export interface Explored {
  readonly figure: Figure;
  readonly theme: ChartTheme;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

export async function explore(host: HTMLElement, { figure, theme, width, height }: Explored): Promise<void> {
  const { data, layout } = plotlyFigure(figure, theme, { width, height });
  await plotly.react(host, data, layout, CONFIG);
  keepHoverClear(host);
}

export const leave = (host: HTMLElement): void => plotly.purge(host);
