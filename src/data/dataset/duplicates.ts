/** Exact copies among decoded images. A copy on the other side of a split would leak training images into the test. */
import { hash32 } from '../../core/hash.ts';

/**
 * @param pixels [count, stride] uint8
 * @returns for every image the first one with the same pixels, itself if it is the first
 */
export function firstCopies(pixels: Uint8Array, stride: number): Int32Array {
  const count = pixels.length / stride;
  const first = new Int32Array(count);
  const byHash = new Map<number, number[]>();
  for (let i = 0; i < count; i++) {
    const image = pixels.subarray(i * stride, (i + 1) * stride);
    const hash = pixelHash(image);
    const candidates = byHash.get(hash) ?? [];
    const copy = candidates.find((j) => equal(image, pixels.subarray(j * stride, (j + 1) * stride)));
    first[i] = copy ?? i;
    if (copy === undefined) byHash.set(hash, [...candidates, i]);
  }
  return first;
}

/** The same for equal bytes, and seldom for others. */
export function pixelHash(bytes: Uint8Array): number {
  let hash = bytes.length;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
  return hash32(hash);
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
