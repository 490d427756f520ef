/** How lines are broken, in pixels for a line of a width. */

const LEAST = 3;
const PATTERNS = {
  dot: [1, 1],
  dash: [3, 3],
  longdash: [5, 5],
  dashdot: [3, 1, 1, 1],
} as const;

/** `fine` has the same short gaps whatever the width. */
export type Dash = 'solid' | 'fine' | keyof typeof PATTERNS;

/** Undefined for a line without gaps. */
export function dashArray(dash: Dash, width: number): string | undefined {
  if (dash === 'solid') return undefined;
  if (dash === 'fine') return '2 2';
  const unit = Math.max(width, LEAST);
  return PATTERNS[dash].map((part) => part * unit).join(' ');
}
