/** Draws from the symmetric Dirichlet distribution, as normalised Gamma draws. */
import type { Rng } from '../../core/rng.ts';

/**
 * The logarithm of a Gamma(shape, 1) draw: Marsaglia & Tsang 2000, and for shape < 1 Gamma(shape + 1)·U^(1/shape). As a logarithm, because
 * draws of small shapes underflow.
 */
function logGamma(shape: number, rng: Rng): number {
  if (shape < 1) return logGamma(shape + 1, rng) + Math.log(1 - rng.uniform()) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = rng.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - rng.uniform()) < 0.5 * x * x + d * (1 - v + Math.log(v))) return Math.log(d * v);
  }
}

/**
 * A point of the simplex, [size], from Dir(alpha, …, alpha): nearly one-hot for small alpha, nearly uniform for large.
 * @param alpha > 0
 */
export function drawDirichlet(alpha: number, size: number, rng: Rng): Float64Array {
  const logs = Float64Array.from({ length: size }, () => logGamma(alpha, rng));
  const largest = logs.reduce((a, b) => Math.max(a, b), -Infinity);
  const values = logs.map((log) => Math.exp(log - largest));
  const sum = values.reduce((a, b) => a + b, 0);
  return values.map((value) => value / sum);
}
