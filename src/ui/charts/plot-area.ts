import type { Figure } from './figure.ts';
import { shareOf } from './scales/scales.ts';

/** The part of a chart that has the points, in pixels. */
export interface PlotArea {
  readonly width: number;
  readonly height: number;
}

/** @param width of the chart, as its height */
export const plotArea = (width: number, height: number, { left, right, top, bottom }: Figure['margin']): PlotArea => ({
  width: width - left - right,
  height: height - top - bottom,
});

/** Where the values of a point lie in the area, from its left and top edge. */
export const placeIn =
  ({ width, height }: PlotArea, ranges: Readonly<Record<'x' | 'y', readonly [number, number]>>) =>
  (x: number, y: number) => ({ x: width * shareOf(x, ranges.x), y: height * (1 - shareOf(y, ranges.y)) });
