/** Request and result of an embedding. */
export interface TsneRequest {
  readonly points: number;
  /** [points · (points − 1) / 2]: upper triangle, row by row. */
  readonly distances: readonly number[];
  readonly perplexity: number;
  readonly seed: number;
}

/** [points]: position of each; axes and unit have no meaning. */
export type Embedding = readonly (readonly [number, number])[];

/** Minimum number of points: with fewer, there are no neighbourhoods to preserve, and distances are better shown directly. */
export const LEAST_POINTS = 8;

/** A point needs about three times as many neighbours as the perplexity. */
export const largestPerplexity = (points: number): number => Math.max(2, Math.floor((points - 1) / 3));
