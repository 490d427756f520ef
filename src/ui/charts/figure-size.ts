/** How much room a figure takes, by the width it is given: its column may be narrow in a wide window. */

/** Pixels: fixed, or by the width of the chart. */
export type FigureHeight = number | ((width: number) => number);

export const heightAt = (height: FigureHeight, width: number): number =>
  typeof height === 'number' ? height : height(width);

/** Below so many pixels panels lie one above the other, and names beside their bars. */
const NARROW = 530;

export const isNarrow = (width: number): boolean => width < NARROW;
