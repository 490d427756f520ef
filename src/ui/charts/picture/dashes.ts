/** Plotly's names of dashes as SVG: lengths in pixels for a line of a width. */

const LEAST = 3;
const PATTERNS: Readonly<Record<string, readonly number[]>> = {
  dot: [1, 1],
  dash: [3, 3],
  longdash: [5, 5],
  dashdot: [3, 1, 1, 1],
  longdashdot: [5, 2, 1, 2],
};

/** Undefined for a line without gaps. */
export function dashArray(dash: string, width: number): string | undefined {
  if (dash === 'solid') return undefined;
  const unit = Math.max(width, LEAST);
  return PATTERNS[dash]?.map((part) => part * unit).join(' ') ?? dash.replaceAll('px', '');
}
