/** What an embedding is asked for, and what comes of it. */
export interface TsneRequest {
  readonly points: number;
  /** [points · (points − 1) / 2]: upper triangle, row by row. */
  readonly distances: readonly number[];
  readonly perplexity: number;
  readonly seed: number;
}

/** [points]: where each lies; axes and unit mean nothing. */
export type Embedding = readonly (readonly [number, number])[];

/** Fewer points have no neighbourhoods to keep: their distances are better shown as they are. */
export const LEAST_POINTS = 8;

/** A point needs about three times as many neighbours as the perplexity. */
export const largestPerplexity = (points: number): number => Math.max(2, Math.floor((points - 1) / 3));
