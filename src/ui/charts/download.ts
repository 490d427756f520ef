/** Files made on the page: charts as images, numbers as CSV. */
import type { BuildFigure } from './PlotlyChart.tsx';
import { loadPlotly, type Layout } from './plotly.ts';
import type { ChartTheme } from './theme.ts';

function save(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}

export function saveText(text: string, name: string, type = 'text/csv'): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  save(address, name);
  // The download has started once the click returned; the address may go a moment later.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export interface ImageRequest {
  readonly build: BuildFigure;
  readonly theme: ChartTheme;
  readonly title: string;
  readonly height: number;
  readonly name: string;
  readonly format: 'png' | 'svg';
}

/** Pixels; HEAD is the room for title and legend above the chart. */
const WIDTH = 900;
const HEAD = 72;
const LEGEND_TOP = 42;

/** A chart on its own needs what the page says around it: title, legend and a background. */
export async function saveImage({ build, theme, title, height, name, format }: ImageRequest): Promise<void> {
  const plotly = await loadPlotly();
  const { data, layout } = build(theme, WIDTH);
  const margin = layout.margin as { t: number };
  const size = { width: WIDTH, height: height + HEAD };
  const standalone: Layout = {
    ...layout,
    ...size,
    title: {
      text: title,
      font: { size: 17, color: theme.ink },
      x: 0.02,
      xanchor: 'left',
      y: 1,
      yref: 'container',
      yanchor: 'top',
      pad: { t: 16 },
    },
    showlegend: true,
    legend: {
      orientation: 'h',
      x: 0,
      y: 1 - LEGEND_TOP / size.height,
      yref: 'container',
      yanchor: 'top',
      font: { size: 12, color: theme.ink2 },
    },
    margin: { ...margin, t: margin.t + HEAD },
    paper_bgcolor: theme.surface,
    plot_bgcolor: theme.surface,
  };
  const image = await plotly.toImage(
    { data, layout: standalone },
    { format, ...size, scale: format === 'png' ? 2 : 1 },
  );
  if (format === 'svg')
    saveText(decodeURIComponent(image.replace(/^data:image\/svg\+xml,/, '')), `${name}.svg`, 'image/svg+xml');
  else save(image, `${name}.png`);
}
