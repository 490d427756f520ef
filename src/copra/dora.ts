/**
 * The weight of a DoRA map, diag(m / n)(W + scale · B · A) (Liu et al. 2024, arXiv 2402.09353), row by row in float64: for files, merged
 * checkpoints and the norm of a change. Training uses the engine's passes.
 */
import { norm } from '../core/flat.ts';
import type { AdapterLayout, LoraPair } from '../core/adapter-layout.ts';

/** Norms of the rows of a matrix [rows, columns], row-major. */
export function rowNorms(matrix: Float32Array, columns: number): Float64Array {
  const norms = new Float64Array(matrix.length / columns);
  for (let row = 0; row < norms.length; row++) norms[row] = norm(matrix.subarray(row * columns, (row + 1) * columns));
  return norms;
}

/** Scales a row to length m, in place; a zero row has no direction and stays zero. */
export function setLength(row: Float64Array, magnitude: number): void {
  const length = norm(row);
  if (length === 0) return;
  for (let i = 0; i < row.length; i++) row[i] *= magnitude / length;
}

/** ‖diag(m / n)(W + scale · B · A) − W‖_F of one pair of a layout with magnitudes. @param weight W, [out, in] */
export function pairChangeNorm(
  { rank }: AdapterLayout,
  adapter: Float32Array,
  scale: number,
  { aOffset, bOffset, inFeatures, outFeatures, magnitudeOffset }: LoraPair,
  weight: Float32Array,
): number {
  if (magnitudeOffset === null) throw new RangeError('The layout has no magnitudes.');
  const row = new Float64Array(inFeatures);
  let sum = 0;
  for (let o = 0; o < outFeatures; o++) {
    const frozen = weight.subarray(o * inFeatures, (o + 1) * inFeatures);
    row.set(frozen);
    for (let k = 0; k < rank; k++) {
      const factor = scale * adapter[bOffset + o * rank + k];
      const a = aOffset + k * inFeatures;
      for (let i = 0; i < inFeatures; i++) row[i] += factor * adapter[a + i];
    }
    setLength(row, norm(frozen) + adapter[magnitudeOffset + o]);
    for (let i = 0; i < inFeatures; i++) sum += (row[i] - frozen[i]) ** 2;
  }
  return Math.sqrt(sum);
}
