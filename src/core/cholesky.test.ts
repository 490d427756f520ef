import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cholesky, inverseDiagonal, solve } from './cholesky.ts';
import { stream } from './rng.ts';

/** A·Aᵀ + I: well conditioned and positive definite. */
function definite(size: number, seed: number): Float64Array {
  const rng = stream(seed, 'analysis');
  const a = Float64Array.from({ length: size * size }, () => rng.normal());
  const m = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      m[i * size + j] = i === j ? 1 : 0;
      for (let k = 0; k < size; k++) m[i * size + j] += a[i * size + k] * a[j * size + k];
    }
  return m;
}

describe('Cholesky', () => {
  it('solves, and its inverse has the diagonal it says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(), (size, seed) => {
        const m = definite(size, seed);
        const factor = cholesky(m, size);
        const diagonal = inverseDiagonal(factor);
        for (let column = 0; column < size; column++) {
          const unit = Float64Array.from({ length: size }, (_, i) => Number(i === column));
          const x = solve(factor, unit);
          for (let i = 0; i < size; i++) {
            const product = x.reduce((sum, value, k) => sum + m[i * size + k] * value, 0);
            expect(product).toBeCloseTo(unit[i], 8);
          }
          expect(x[column]).toBeCloseTo(diagonal[column], 8);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('refuses what is not positive definite, and sizes that do not fit', () => {
    expect(() => cholesky(Float64Array.of(1, 2, 2, 1), 2)).toThrow(/pivot 2 is -3/);
    expect(() => cholesky(Float64Array.of(NaN), 1)).toThrow(/positive definite/);
    expect(() => cholesky(new Float64Array(3), 2)).toThrow(/needs 4 numbers/);
  });
});
