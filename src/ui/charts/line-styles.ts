/** Dashes of lines, in pixels scaled by line width, and markers of points. */

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

export type Marker = keyof typeof MARKERS;

/** The centre of the paths in their own coordinates, and their width in those units. */
export const MARKER_CENTRE = [13, 8] as const;
export const MARKER_WIDTH = 7.2;

export const MARKERS = {
  circle: 'M13 4.4a3.6 3.6 0 1 1-.01 0z',
  square: 'M9.8 4.8h6.4v6.4H9.8z',
  diamond: 'M13 3.6 17.4 8 13 12.4 8.6 8z',
  'triangle-up': 'M13 3.8 17.2 11.4H8.8z',
  'triangle-down': 'M13 12.2 17.2 4.6H8.8z',
  cross: 'M11.8 4.2h2.4v2.6h2.6v2.4h-2.6v2.6h-2.4V9.2H9.2V6.8h2.6z',
  x: 'm10 5 1.4-1.4L13 5.2l1.6-1.6L16 5l-1.6 3 1.6 3-1.4 1.4-1.6-1.6-1.6 1.6L10 11l1.6-3z',
  star: 'm13 3.2 1.4 3 3.3.4-2.4 2.3.6 3.3-2.9-1.6-2.9 1.6.6-3.3-2.4-2.3 3.3-.4z',
  pentagon: 'm13 3.6 4.2 3.1-1.6 5h-5.2l-1.6-5z',
  hexagon: 'm13 3.8 3.6 2.1v4.2L13 12.2l-3.6-2.1V5.9z',
} as const;
