/** LoRA factors as the frameworks store them (one transposed matrix each), converted to and from the engine's flat adapter. */
import type { AdapterLayout } from '../../core/adapter-layout.ts';

/** A factor of LoRA, A [rank, in] or B [out, rank]. */
export interface Factor {
  /** Row-major. */
  readonly values: Float32Array;
  readonly rows: number;
  readonly cols: number;
}

function transpose(values: Float32Array, rows: number, cols: number): Float32Array {
  const transposed = new Float32Array(values.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) transposed[j * rows + i] = values[i * cols + j];
  return transposed;
}

/** For every pair, A as [in, rank], then B as [rank, out]. */
export function toFactors(layout: AdapterLayout, adapter: Float32Array): Factor[] {
  const { rank } = layout;
  const factor = (offset: number, rows: number, cols: number): Factor => ({
    values: transpose(adapter.subarray(offset, offset + rows * cols), rows, cols),
    rows: cols,
    cols: rows,
  });
  return layout.pairs.flatMap(({ aOffset, bOffset, inFeatures, outFeatures }) => [
    factor(aOffset, rank, inFeatures),
    factor(bOffset, outFeatures, rank),
  ]);
}

/** The inverse of toFactors. */
export function toFlat(layout: AdapterLayout, factors: readonly Float32Array[]): Float32Array {
  const flat = new Float32Array(layout.size);
  layout.pairs.forEach(({ aOffset, bOffset, inFeatures, outFeatures }, p) => {
    flat.set(transpose(factors[2 * p], inFeatures, layout.rank), aOffset);
    flat.set(transpose(factors[2 * p + 1], layout.rank, outFeatures), bOffset);
  });
  return flat;
}
