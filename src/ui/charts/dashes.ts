/** Dash patterns, in pixels, scaled by line width. */

const LEAST = 3;
const PATTERNS = {
  dot: [1, 1],
  dash: [3, 3],
  longdash: [5, 5],
  dashdot: [3, 1, 1, 1],
} as const;

/** `fine` keeps the same short gaps at every width. */
export type Dash = 'solid' | 'fine' | keyof typeof PATTERNS;

const pattern = (dash: Dash, unit: number): string | undefined => {
  if (dash === 'solid') return undefined;
  return dash === 'fine' ? '2 2' : PATTERNS[dash].map((part) => part * unit).join(' ');
};

/** Undefined for a solid line. */
export const dashArray = (dash: Dash, width: number): string | undefined => pattern(dash, Math.max(width, LEAST));

/** Half as long, so that the short lines of a legend show several dashes. */
export const legendDashArray = (dash: Dash): string | undefined => pattern(dash, LEAST / 2);
