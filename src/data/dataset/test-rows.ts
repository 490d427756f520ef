/** For tests that compare images by their pixels. */

/** Every image as text. @param pixels [count, stride] */
export const rowsOf = (pixels: Uint8Array, stride: number): string[] =>
  Array.from({ length: pixels.length / stride }, (_, i) => pixels.subarray(i * stride, (i + 1) * stride).join());
