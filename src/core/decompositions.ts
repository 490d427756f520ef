/** Decompositions of small matrices. This is the only module that uses the linear algebra library. */
import { Matrix as LibraryMatrix, QrDecomposition, SingularValueDecomposition } from 'ml-matrix';
import { columnsOf, identity, multiply, scaleColumns, times, transpose, zeros, type Matrix } from './matrix.ts';

const toLibrary = ({ rows, columns, data }: Matrix): LibraryMatrix => LibraryMatrix.from1DArray(rows, columns, data);

function fromLibrary(m: LibraryMatrix): Matrix {
  const result = zeros(m.rows, m.columns);
  for (let i = 0; i < m.rows; i++) for (let j = 0; j < m.columns; j++) result.data[i * m.columns + j] = m.get(i, j);
  return result;
}

/** Rejects non-finite entries, on which the library's iterations would not terminate. */
function checkFinite(m: Matrix): void {
  if (!m.data.every(Number.isFinite))
    throw new RangeError(
      'A matrix with entries that are no finite numbers has no decomposition: the adapter diverged.',
    );
}

/**
 * The library squares entries. Very small ones then become subnormal or zero, and the computed columns are no longer orthonormal. It
 * therefore gets m / scale, whose entries are at most 1; entries below 2⁻²⁰⁰ become 0, which no sum of doubles would notice.
 */
function normalised(m: Matrix): { readonly m: Matrix; readonly scale: number } {
  checkFinite(m);
  const scale = m.data.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  if (scale === 0) return { m, scale: 1 };
  const data = m.data.map((value) => {
    const scaled = value / scale;
    return Math.abs(scaled) < 2 ** -200 ? 0 : scaled;
  });
  return { m: { ...m, data }, scale };
}

/** m = u · diag(s) · vᵀ with orthonormal columns and s in descending order. */
export interface Svd {
  /** [rows, k], k = min(rows, columns) */
  readonly u: Matrix;
  /** [k] */
  readonly s: Float64Array;
  /** [columns, k] */
  readonly v: Matrix;
}

/** Thin singular value decomposition. @throws RangeError for entries that are not finite. */
export function svd(m: Matrix): Svd {
  const size = Math.min(m.rows, m.columns);
  if (size === 0) return { u: zeros(m.rows, 0), s: new Float64Array(), v: zeros(m.columns, 0) };
  const { m: unit, scale } = normalised(m);
  const wide = m.columns > m.rows;
  const { leftSingularVectors, rightSingularVectors, diagonal } = new SingularValueDecomposition(
    toLibrary(wide ? transpose(unit) : unit),
  );
  const left = columnsOf(fromLibrary(leftSingularVectors), 0, size);
  const right = columnsOf(fromLibrary(rightSingularVectors), 0, size);
  return {
    u: wide ? right : left,
    s: Float64Array.from(diagonal.slice(0, size), (value) => value * scale),
    v: wide ? left : right,
  };
}

export interface Qr {
  /** [rows, k], orthonormal columns, k = min(rows, columns) */
  readonly q: Matrix;
  /** [k, columns] */
  readonly r: Matrix;
}

/** m = q · r. A matrix that is not taller than wide is its own r. @throws RangeError for entries that are not finite. */
export function qr(m: Matrix): Qr {
  const { m: unit, scale } = normalised(m);
  if (m.columns >= m.rows) return { q: identity(m.rows), r: m };
  if (m.columns === 0) return { q: m, r: zeros(0, 0) };
  const decomposition = new QrDecomposition(toLibrary(unit));
  const r = fromLibrary(decomposition.upperTriangularMatrix);
  return { q: fromLibrary(decomposition.orthogonalMatrix), r: times(r, scale) };
}

/** The inverse of a square matrix, or null if the smallest singular value is below `tolerance` times the largest. */
export function inverse(m: Matrix, tolerance = 1e-9): Matrix | null {
  const { u, s, v } = svd(m);
  if (!(s[s.length - 1] > tolerance * s[0])) return null;
  return multiply(
    scaleColumns(
      v,
      s.map((value) => 1 / value),
    ),
    transpose(u),
  );
}
