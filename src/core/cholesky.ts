/** Symmetric positive definite systems, row-major float64. */

/** Lower triangle L of m = L·Lᵀ. */
export interface Cholesky {
  readonly size: number;
  /** [size, size]; entries above the diagonal are 0. */
  readonly lower: Float64Array;
}

/**
 * @param matrix [size, size], symmetric; only its lower triangle is read
 * @throws RangeError when it is not positive definite
 */
export function cholesky(matrix: Float64Array, size: number): Cholesky {
  if (matrix.length !== size * size)
    throw new RangeError(`A matrix of ${size} × ${size} needs ${size * size} numbers, got ${matrix.length}.`);
  const lower = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const rowI = lower.subarray(i * size, i * size + i);
    for (let j = 0; j <= i; j++) {
      const rowJ = lower.subarray(j * size, j * size + j);
      let sum = matrix[i * size + j];
      for (let k = 0; k < j; k++) sum -= rowI[k] * rowJ[k];
      if (i === j) {
        if (!(sum > 0)) throw new RangeError(`The matrix is not positive definite: pivot ${i + 1} is ${sum}.`);
        lower[i * size + i] = Math.sqrt(sum);
      } else {
        lower[i * size + j] = sum / lower[j * size + j];
      }
    }
  }
  return { size, lower };
}

/** x with L·Lᵀ·x = right, [size]. */
export function solve(factor: Cholesky, right: ArrayLike<number>): Float64Array {
  const { size, lower } = factor;
  const x = forward(factor, right);
  for (let i = size - 1; i >= 0; i--) {
    x[i] /= lower[i * size + i];
    for (let k = 0; k < i; k++) x[k] -= lower[i * size + k] * x[i];
  }
  return x;
}

/** x with L·x = right, [size]. */
function forward({ size, lower }: Cholesky, right: ArrayLike<number>, from = 0): Float64Array {
  const x = Float64Array.from(right);
  for (let i = from; i < size; i++) {
    let sum = x[i];
    for (let k = from; k < i; k++) sum -= lower[i * size + k] * x[k];
    x[i] = sum / lower[i * size + i];
  }
  return x;
}

/** Diagonal of the inverse, [size]: the squared lengths of the columns of L⁻¹. */
export function inverseDiagonal(factor: Cholesky): Float64Array {
  const unit = new Float64Array(factor.size);
  return unit.map((_, column) => {
    unit[column] = 1;
    const x = forward(factor, unit, column);
    unit[column] = 0;
    return x.reduce((sum, value) => sum + value * value, 0);
  });
}
