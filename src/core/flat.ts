/**
 * Vector arithmetic on flat arrays. An adapter is one flat vector, so interpolating, merging and averaging are these.
 * Sums accumulate in float64. Every function throws RangeError when the lengths differ.
 */

export type Vector = Float32Array | Float64Array;

function checkLengths(a: Vector, b: Vector): void {
  if (a.length !== b.length) throw new RangeError(`Vectors must have equal lengths, got ${a.length} and ${b.length}.`);
}

/** y ← y + factor · x, in place. */
export function axpy(y: Vector, factor: number, x: Vector): void {
  checkLengths(y, x);
  for (let i = 0; i < y.length; i++) y[i] += factor * x[i];
}

/** (1 − t) · a + t · b as a new vector; t = 0 and t = 1 give a and b bit for bit. */
export function lerp(a: Float32Array, b: Float32Array, t: number): Float32Array {
  checkLengths(a, b);
  if (t === 0) return a.slice();
  if (t === 1) return b.slice();
  return a.map((value, i) => (1 - t) * value + t * b[i]);
}

/** Σ aᵢ bᵢ */
export function dot(a: Vector, b: Vector): number {
  checkLengths(a, b);
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Euclidean norm. */
export function norm(a: Vector): number {
  return Math.sqrt(dot(a, a));
}

/** Σ wₖ xₖ as a new vector. @throws RangeError when there is nothing to sum or the counts differ. */
export function weightedSum(vectors: readonly Float32Array[], weights: ArrayLike<number>): Float32Array {
  if (vectors.length === 0 || vectors.length !== weights.length)
    throw new RangeError(
      `Expected one weight per vector, got ${vectors.length} vectors and ${weights.length} weights.`,
    );
  const sum = new Float64Array(vectors[0].length);
  vectors.forEach((vector, k) => axpy(sum, weights[k], vector));
  return Float32Array.from(sum);
}
