/** Exports figures as SVG or PNG files: the picture with its title, its legend and what it is over. They are light, as papers and slides are, whatever the page is. */
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { BuildFigure } from '../figure.ts';
import { heightAt, type FigureHeight } from '../figure-size.ts';
import { readTheme } from '../theme.ts';
import { StandalonePicture } from './StandalonePicture.tsx';
import { svgToPng } from './svg-to-png.ts';

interface ImageRequest {
  readonly build: BuildFigure;
  /** Absent where the surrounding document has a title. */
  readonly title?: string;
  /** Sample sizes behind the numbers; absent where the surrounding document has them. */
  readonly meta?: string;
  readonly height: FigureHeight;
}

/** Pixels. */
const WIDTH = 900;

export function drawSvg({ build, height, ...texts }: ImageRequest): string {
  const host = document.createElement('div');
  const root = createRoot(host);
  const drawn = { ...texts, theme: readTheme('light'), width: WIDTH, height: heightAt(height, WIDTH) };
  flushSync(() => root.render(<StandalonePicture figure={build(WIDTH)} {...drawn} />));
  const svg = [...host.children].map((element) => new XMLSerializer().serializeToString(element)).join('');
  root.unmount();
  return svg;
}

export const drawPng = (request: ImageRequest): Promise<Blob> => svgToPng(drawSvg(request));
