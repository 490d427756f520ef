/** A dozen of the pictures found, on a page of the figure. */
import type { Picture } from '../../../study/predictions/pictures.ts';

/** Pictures on a page. */
export const PAGE = 12;

export interface PicturePage {
  /** Index of its first picture among those found. */
  readonly first: number;
  readonly shown: readonly Picture[];
  readonly isLast: boolean;
}

/** The page from a picture on, or the last one where fewer were found. */
export function pageFrom(found: readonly Picture[], from: number): PicturePage {
  const first = Math.min(from, Math.max(0, PAGE * Math.floor((found.length - 1) / PAGE)));
  return { first, shown: found.slice(first, first + PAGE), isLast: first + PAGE >= found.length };
}
