/** Points (adapters) given by their norms and pairwise distances. */

export interface PointCloud {
  /** [points]: distance to the origin, the zero adapter. */
  readonly norms: readonly number[];
  /** [points · (points − 1) / 2]: the upper triangle without its diagonal, row by row. */
  readonly distances: readonly number[];
}

/** Index of the distance of points i ≠ j in the upper triangle of `points` points. */
export function pairIndex(points: number, i: number, j: number): number {
  const [row, column] = i < j ? [i, j] : [j, i];
  return row * points - (row * (row + 1)) / 2 + (column - row - 1);
}

/** @param gram [points, points], of which the diagonal and the upper triangle are read */
export function cloudOfGram(points: number, gram: ArrayLike<number>): PointCloud {
  const norms = Array.from({ length: points }, (_, i) => Math.sqrt(Math.max(0, gram[i * points + i])));
  const distances: number[] = [];
  for (let i = 0; i < points; i++)
    for (let j = i + 1; j < points; j++) {
      const squared = gram[i * points + i] + gram[j * points + j] - 2 * gram[i * points + j];
      distances.push(Math.sqrt(Math.max(0, squared)));
    }
  return { norms, distances };
}

export function distance({ norms, distances }: PointCloud, i: number, j: number): number {
  return i === j ? 0 : distances[pairIndex(norms.length, i, j)];
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
    distances: kept.flatMap((i, at) => kept.slice(at + 1).map((j) => distance(cloud, i, j))),
  };
}
