/** How much room a figure takes, by the width it is given: its column may be narrow in a wide window. */
import type { Grid } from './figure.ts';

/** Pixels: fixed, or by the width of the chart. */
export type FigureHeight = number | ((width: number) => number);

export const heightAt = (height: FigureHeight, width: number): number =>
  typeof height === 'number' ? height : height(width);

/** Below so many pixels panels lie one above the other, and names beside their bars. */
const NARROW = 530;

export const isNarrow = (width: number): boolean => width < NARROW;

/** Panels side by side, or one above the other where there is no width for that. @param gap in pixels, by the way they lie */
export function panelGrid(count: number, stacked: boolean, gap: { across: number; down: number }): Grid {
  const [columns, rows] = stacked ? [1, count] : [count, 1];
  return { columns, rows, columnGap: gap.across, rowGap: gap.down };
}
