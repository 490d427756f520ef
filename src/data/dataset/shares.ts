/** The shares of a data set that are for testing and validation, and which of them are drawn. */
import type { Side } from '../bundled/concept-split.ts';

export interface DropShares {
  readonly test: number;
  readonly validation: number;
}

export const DEFAULT_SHARES: DropShares = { test: 0.2, validation: 0.15 };

/** Sides whose images are drawn, because a class has none of its own. */
export interface DrawnSides {
  readonly test: boolean;
  readonly validation: boolean;
}

/** The sides that assignSplits will draw. @param classes number of classes */
export function drawnSides(
  images: readonly { readonly label: number; readonly side: Side | null }[],
  classes: number,
): DrawnSides {
  const given = { train: new Set<number>(), test: new Set<number>(), validation: new Set<number>() };
  for (const { label, side } of images) if (side) given[side].add(label);
  return { test: given.test.size < classes, validation: given.validation.size < classes };
}
