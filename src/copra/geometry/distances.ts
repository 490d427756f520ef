/** Points (adapters) given by their norms and pairwise distances. */
import { pairIndex, pairsOf } from '../../core/pairs.ts';

/** Points in the space of adapters, described by Euclidean lengths alone. */
export interface PointCloud {
  /** [points]: distance to the origin, the zero adapter. */
  readonly norms: readonly number[];
  /** [pairs of points] in the order of core/pairs.ts. */
  readonly distances: readonly number[];
}

/** @param gram [points, points], of which the diagonal and the upper triangle are read */
export function cloudOfGram(points: number, gram: ArrayLike<number>): PointCloud {
  const norms = Array.from({ length: points }, (_, i) => Math.sqrt(Math.max(0, gram[i * points + i])));
  const distances = pairsOf([...norms.keys()]).map(([i, j]) => {
    const squared = gram[i * points + i] + gram[j * points + j] - 2 * gram[i * points + j];
    return Math.sqrt(Math.max(0, squared));
  });
  return { norms, distances };
}

/** Distance of points i and j, in either order; 0 of a point from itself. */
export function distance({ norms, distances }: PointCloud, i: number, j: number): number {
  return i === j ? 0 : distances[pairIndex(i, j, norms.length)];
}

/** Cosine of the angle between points as seen from the origin; null if one of them is the origin. */
export function cosine(cloud: PointCloud, i: number, j: number): number | null {
  const [a, b] = [cloud.norms[i], cloud.norms[j]];
  if (a === 0 || b === 0) return null;
  const value = (a * a + b * b - distance(cloud, i, j) ** 2) / (2 * a * b);
  return Math.max(-1, Math.min(1, value));
}

/** The sub-cloud of the given points, in the given order. */
export function subCloud(cloud: PointCloud, kept: readonly number[]): PointCloud {
  return {
    norms: kept.map((i) => cloud.norms[i]),
    distances: pairsOf(kept).map(([i, j]) => distance(cloud, i, j)),
  };
}
