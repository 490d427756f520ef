/** Files made on the page: charts as images, numbers as CSV. */
import type { BuildFigure } from './Chart.tsx';
import { heightAt, type FigureHeight } from './figure-size.ts';
import { loadPlotly, type Layout } from './plotly.ts';
import type { ChartTheme } from './theme.ts';

function save(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}

export const saveText = (text: string, name: string, type = 'text/csv'): void =>
  saveBlob(new Blob([text], { type: `${type};charset=utf-8` }), name);

export function saveBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  save(address, name);
  // The download has started once the click returned; the address may go a moment later.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export interface ImageRequest {
  readonly build: BuildFigure;
  readonly theme: ChartTheme;
  readonly title: string;
  readonly height: FigureHeight;
  readonly name: string;
  readonly format: 'png' | 'svg';
}

/** Pixels; HEAD is the room for title and legend above the chart. */
const WIDTH = 900;
const HEAD = 72;
const LEGEND_TOP = 42;

/** A chart on its own needs what the page says around it: title, legend and a background. Resolves to a data address. */
async function drawImage({ build, theme, title, height, format }: Omit<ImageRequest, 'name'>): Promise<string> {
  const plotly = await loadPlotly();
  const { data, layout } = build(theme, WIDTH);
  const margin = layout.margin as { t: number };
  const size = { width: WIDTH, height: heightAt(height, WIDTH) + HEAD };
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
  return plotly.toImage({ data, layout: standalone }, { format, ...size, scale: format === 'png' ? 2 : 1 });
}

/** The chart as SVG text. */
export async function drawSvg(request: Omit<ImageRequest, 'name' | 'format'>): Promise<string> {
  const image = await drawImage({ ...request, format: 'svg' });
  return decodeURIComponent(image.replace(/^data:image\/svg\+xml,/, ''));
}

export async function saveImage({ name, ...request }: ImageRequest): Promise<void> {
  if (request.format === 'svg') saveText(await drawSvg(request), `${name}.svg`, 'image/svg+xml');
  else save(await drawImage(request), `${name}.png`);
}
