/** How the rows of the live groups become segments of a command: (first item, first row, rows, extra). */
import { isLive, type Groups } from '../../../operands.ts';

/** Rows of a population as kernels go through them. */
export interface Segments {
  /** Four words per segment. */
  readonly words: number[];
  /** Items over all segments, including padding. */
  readonly items: number;
}

/**
 * Segments of the groups for which `extraOf` gives a number ≥ 0; neighbours with equal extras are joined when `join` is set. The items of
 * a segment are padded to a multiple of `multiple`, so that blocks of rows start at the first row of a segment.
 */
export function segmentsOf(
  groups: Groups,
  rowsPerGroup: number,
  extraOf: (group: number) => number,
  options: { readonly multiple: number; readonly join: boolean },
): Segments {
  const words: number[] = [];
  for (let g = 0; g < groups.count; g++) {
    const extra = isLive(groups, g) ? extraOf(g) : -1;
    if (extra < 0) continue;
    const last = words.length - 4;
    const follows = last >= 0 && words[last + 1] + words[last + 2] === g * rowsPerGroup;
    if (options.join && follows && words[last + 3] === extra) words[last + 2] += rowsPerGroup;
    else words.push(0, g * rowsPerGroup, rowsPerGroup, extra);
  }
  let items = 0;
  for (let i = 0; i < words.length; i += 4) {
    words[i] = items;
    items += Math.ceil(words[i + 2] / options.multiple) * options.multiple;
  }
  return { words, items };
}

const ROW_BY_ROW = { multiple: 1, join: true };

/** Segments of the rows of all live groups; null when that is every row. */
export function liveSegments(groups: Groups, rowsPerGroup: number): Segments | null {
  if (!groups.live || groups.live.every((live) => live !== 0)) return null;
  return segmentsOf(groups, rowsPerGroup, () => 0, ROW_BY_ROW);
}
