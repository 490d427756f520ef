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

/** Undefined for a solid line. */
export function dashArray(dash: Dash, width: number): string | undefined {
  if (dash === 'solid') return undefined;
  if (dash === 'fine') return '2 2';
  const unit = Math.max(width, LEAST);
  return PATTERNS[dash].map((part) => part * unit).join(' ');
}
