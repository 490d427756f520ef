/** The picture of a figure, and the layout with which Plotly draws the same. */
import type { ReactElement } from 'react';
import type { Figure, Layout } from '../plotly.ts';
import { ChartPicture } from './ChartPicture.tsx';
import { decidedLayout } from './decided.ts';
import { partsOf } from './parts.ts';
import { scalesOf } from './scales.ts';

export interface Picture {
  readonly element: ReactElement;
  readonly layout: Layout;
}

/** Pixels. Null for a figure that only Plotly can draw. */
export function pictureOf(figure: Figure, width: number, height: number): Picture | null {
  const parts = partsOf(figure);
  if (!parts) return null;
  const scales = scalesOf(parts, width, height);
  return {
    element: <ChartPicture parts={parts} scales={scales} width={width} height={height} />,
    layout: decidedLayout(figure.layout, scales),
  };
}
