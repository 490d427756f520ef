/**
 * Moves the kept images, ascending, to the front of their array: data sets are large, a copy would double their memory.
 * @returns how many they are
 */
export function compact(pixels: Uint8Array, stride: number, kept: readonly number[]): number {
  kept.forEach((from, to) => {
    if (from !== to) pixels.copyWithin(to * stride, from * stride, (from + 1) * stride);
  });
  return kept.length;
}
