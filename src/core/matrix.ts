/** Small dense matrices, row-major float64. Every function throws RangeError when the sizes do not fit together. */

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** [rows, columns] */
  readonly data: Float64Array;
}

/** A copy of numbers in row-major order as a matrix. */
export function matrix(rows: number, columns: number, data: ArrayLike<number>): Matrix {
  if (data.length !== rows * columns)
    throw new RangeError(`A matrix of ${rows} × ${columns} needs ${rows * columns} numbers, got ${data.length}.`);
  return { rows, columns, data: Float64Array.from(data) };
}

export const zeros = (rows: number, columns: number): Matrix => ({
  rows,
  columns,
  data: new Float64Array(rows * columns),
});

export function identity(size: number): Matrix {
  const result = zeros(size, size);
  for (let i = 0; i < size; i++) result.data[i * size + i] = 1;
  return result;
}

export function transpose({ rows, columns, data }: Matrix): Matrix {
  const result = zeros(columns, rows);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) result.data[j * rows + i] = data[i * columns + j];
  return result;
}

/** a·b */
export function multiply(a: Matrix, b: Matrix): Matrix {
  if (a.columns !== b.rows)
    throw new RangeError(`A matrix of ${a.columns} columns cannot be multiplied by one of ${b.rows} rows.`);
  const result = zeros(a.rows, b.columns);
  for (let i = 0; i < a.rows; i++)
    for (let k = 0; k < a.columns; k++) {
      const factor = a.data[i * a.columns + k];
      if (factor === 0) continue;
      for (let j = 0; j < b.columns; j++) result.data[i * b.columns + j] += factor * b.data[k * b.columns + j];
    }
  return result;
}

/** a + factor·b */
export function add(a: Matrix, b: Matrix, factor = 1): Matrix {
  if (a.rows !== b.rows || a.columns !== b.columns)
    throw new RangeError(`Matrices of ${a.rows} × ${a.columns} and ${b.rows} × ${b.columns} cannot be added.`);
  return { ...a, data: a.data.map((value, i) => value + factor * b.data[i]) };
}

/** factor·m */
export const times = (m: Matrix, factor: number): Matrix => ({ ...m, data: m.data.map((value) => factor * value) });

/** Column j times factors[j]. */
export function scaleColumns(m: Matrix, factors: ArrayLike<number>): Matrix {
  if (factors.length !== m.columns)
    throw new RangeError(`Expected ${m.columns} factors for as many columns, got ${factors.length}.`);
  return { ...m, data: m.data.map((value, i) => value * factors[i % m.columns]) };
}

/** Columns from … to − 1. */
export function columnsOf(m: Matrix, from: number, to: number): Matrix {
  if (!(0 <= from && from <= to && to <= m.columns))
    throw new RangeError(`A matrix of ${m.columns} columns has no columns from ${from} up to ${to}.`);
  const result = zeros(m.rows, to - from);
  for (let i = 0; i < m.rows; i++)
    result.data.set(m.data.subarray(i * m.columns + from, i * m.columns + to), i * (to - from));
  return result;
}

/** Matrices of equally many rows, side by side. */
export function sideBySide(parts: readonly Matrix[]): Matrix {
  const rows = parts.length > 0 ? parts[0].rows : 0;
  const result = zeros(
    rows,
    parts.reduce((sum, part) => sum + part.columns, 0),
  );
  let first = 0;
  for (const part of parts) {
    if (part.rows !== rows)
      throw new RangeError(`Matrices side by side need equal rows, got ${rows} and ${part.rows}.`);
    for (let i = 0; i < rows; i++)
      result.data.set(part.data.subarray(i * part.columns, (i + 1) * part.columns), i * result.columns + first);
    first += part.columns;
  }
  return result;
}

/** Σ aᵢⱼ bᵢⱼ */
export function inner(a: Matrix, b: Matrix): number {
  if (a.rows !== b.rows || a.columns !== b.columns)
    throw new RangeError(`Matrices of ${a.rows} × ${a.columns} and ${b.rows} × ${b.columns} have no inner product.`);
  return a.data.reduce((sum, value, i) => sum + value * b.data[i], 0);
}
