/** Figure sizes by available width: the column may be narrow in a wide window. */
import type { Grid } from './figure.ts';

/** Pixels: fixed, or a function of the chart's width. */
export type FigureHeight = number | ((width: number) => number);

export const heightAt = (height: FigureHeight, width: number): number =>
  typeof height === 'number' ? height : height(width);

/** Below this width in pixels, panels stack and names stand beside their bars. */
const NARROW = 530;

export const isNarrow = (width: number): boolean => width < NARROW;

/** Any width, for what does not depend on it: which lines a figure has, whether they fit. */
export const SOME_WIDTH = 600;

/** Arranges panels side by side, or stacked. @param gap in pixels, per direction */
export function panelGrid(count: number, stacked: boolean, gap: { across: number; down: number }): Grid {
  const [columns, rows] = stacked ? [1, count] : [count, 1];
  return { columns, rows, columnGap: gap.across, rowGap: gap.down };
}
