/**
 * Moves the kept images, ascending, to the front of their array: data sets are large, and a copy would double their memory.
 * @returns the number of kept images
 */
export function compact(pixels: Uint8Array, stride: number, kept: readonly number[]): number {
  kept.forEach((from, to) => {
    if (from !== to) pixels.copyWithin(to * stride, from * stride, (from + 1) * stride);
  });
  return kept.length;
}
