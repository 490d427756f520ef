/** Position embeddings of a square grid of patches, interpolated to a grid of another size. */

/** Cubic convolution kernel with a = −0.75, as PyTorch's bicubic interpolation uses. */
const A = -0.75;
function cubic(x: number): number {
  const t = Math.abs(x);
  if (t <= 1) return ((A + 2) * t - (A + 3)) * t * t + 1;
  if (t < 2) return ((A * t - 5 * A) * t + 8 * A) * t - 4 * A;
  return 0;
}

/** Four source indices and weights for every target index; pixel centres at half-integers, edges repeated. */
function taps(from: number, to: number): { index: number; weight: number }[][] {
  return Array.from({ length: to }, (_, i) => {
    const centre = ((i + 0.5) * from) / to - 0.5;
    const first = Math.floor(centre) - 1;
    return Array.from({ length: 4 }, (_, k) => ({
      index: Math.min(Math.max(first + k, 0), from - 1),
      weight: cubic(first + k - centre),
    }));
  });
}

/**
 * Bicubic, without antialiasing; the rows of the class token and of other tokens before the patches are kept.
 * @param positions [first + from², width]; @returns [first + to², width], the same array when the size does not change.
 */
export function resizePositions(
  positions: Float32Array,
  from: number,
  to: number,
  width: number,
  first = 1,
): Float32Array {
  if (from === to) return positions;
  const out = new Float32Array((first + to * to) * width);
  out.set(positions.subarray(0, first * width));
  const weights = taps(from, to);
  for (let y = 0; y < to; y++) {
    for (let x = 0; x < to; x++) {
      const target = (first + y * to + x) * width;
      for (const row of weights[y]) {
        for (const column of weights[x]) {
          const source = (first + row.index * from + column.index) * width;
          const weight = row.weight * column.weight;
          for (let d = 0; d < width; d++) out[target + d] += weight * positions[source + d];
        }
      }
    }
  }
  return out;
}
