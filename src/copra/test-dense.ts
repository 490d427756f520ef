/** Dense linear algebra written for tests alone, as rows of numbers, so that what is tested is held against code that shares nothing with it. */

/** [rows][columns] */
export type Dense = readonly (readonly number[])[];

export const denseOf = ({
  rows,
  columns,
  data,
}: {
  readonly rows: number;
  readonly columns: number;
  readonly data: ArrayLike<number>;
}): number[][] =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => data[i * columns + j]));

export const product = (a: Dense, b: Dense): number[][] =>
  a.map((row) => b[0].map((_, j) => row.reduce((sum, value, k) => sum + value * b[k][j], 0)));

export const flipped = (a: Dense): number[][] => a[0].map((_, j) => a.map((row) => row[j]));

export const sumOf = (parts: readonly Dense[], weights = parts.map(() => 1)): number[][] =>
  parts[0].map((row, i) => row.map((_, j) => parts.reduce((sum, part, k) => sum + weights[k] * part[i][j], 0)));

export const squares = (a: Dense): number => a.flat().reduce((sum, value) => sum + value * value, 0);

/** Largest difference of two matrices, as a share of the largest entry of the second (or of 1). */
export const farthest = (a: Dense, b: Dense): number => {
  const size = Math.max(1, ...b.flat().map(Math.abs));
  return Math.max(...a.flatMap((row, i) => row.map((value, j) => Math.abs(value - b[i][j])))) / size;
};

/** Eigenvalues, falling, and eigenvectors as columns of a symmetric matrix, by Jacobi's rotations. */
export function eigen(symmetric: Dense): { values: number[]; vectors: number[][] } {
  const a = symmetric.map((row) => [...row]);
  const n = a.length;
  const v = a.map((_, i) => a.map((_, j) => Number(i === j)));
  for (let sweep = 0; sweep < 100; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        off += a[p][q] ** 2;
        if (a[p][q] === 0) continue;
        const angle = 0.5 * Math.atan2(2 * a[p][q], a[q][q] - a[p][p]);
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (let k = 0; k < n; k++) [a[k][p], a[k][q]] = [c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]];
        for (let k = 0; k < n; k++) [a[p][k], a[q][k]] = [c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]];
        for (let k = 0; k < n; k++) [v[k][p], v[k][q]] = [c * v[k][p] - s * v[k][q], s * v[k][p] + c * v[k][q]];
      }
    if (off < 1e-26) break;
  }
  const order = a.map((_, i) => i).sort((i, j) => a[j][j] - a[i][i]);
  return { values: order.map((i) => a[i][i]), vectors: v.map((row) => order.map((i) => row[i])) };
}

/** Singular values, falling: roots of the eigenvalues of the smaller Gram matrix. */
export function singularValues(a: Dense): number[] {
  const gram = a.length < a[0].length ? product(a, flipped(a)) : product(flipped(a), a);
  return eigen(gram).values.map((value) => Math.sqrt(Math.max(0, value)));
}

/** TIES (Yadav et al. 2023) of matrices of one size, entry by entry, at a density whose share of entries is a whole number. */
export function denseTies(parts: readonly Dense[], weights: readonly number[], density: number): number[][] {
  const trimmed = parts.map((part) => {
    const sizes = part.flat().map(Math.abs);
    const kept = Math.floor(density * sizes.length);
    const least = kept === 0 ? Infinity : sizes.sort((x, y) => y - x)[kept - 1];
    return part.map((row) => row.map((value) => (Math.abs(value) >= least ? value : 0)));
  });
  return parts[0].map((row, i) =>
    row.map((_, j) => {
      const values = trimmed.map((part, k) => weights[k] * part[i][j]);
      const positive = values.reduce((sum, value) => sum + value, 0) >= 0;
      const agreeing = values.map((value) => (positive ? value > 0 : value < 0));
      const total = values.reduce((sum, value, k) => (agreeing[k] ? sum + value : sum), 0);
      const weight = weights.reduce((sum, value, k) => (agreeing[k] ? sum + value : sum), 0);
      return weight > 0 ? total / weight : 0;
    }),
  );
}
