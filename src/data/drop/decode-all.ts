/** Decodes a list of images; one that fails is named and the rest goes on. */
import type { DecodeImage } from './decode.ts';
import { warning, type Problem } from './problem.ts';

export interface DecodedImages {
  /** [count, size, size, 3] uint8 RGB of the images that could be decoded. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** [count], positions in the list given. */
  readonly indices: Int32Array<ArrayBuffer>;
  readonly problems: readonly Problem[];
}

/** Named one by one; beyond that a total is enough. */
const NAMED_FAILURES = 20;

/**
 * @param paths names of the images
 * @param open reads the file behind a path; may reject
 * @param onProgress after every image
 */
export async function decodeAll(
  paths: readonly string[],
  open: (path: string, index: number) => Promise<Blob>,
  decode: DecodeImage,
  size: number,
  onProgress: (done: number) => void,
): Promise<DecodedImages> {
  const stride = size * size * 3;
  const pixels = new Uint8Array(paths.length * stride);
  const indices: number[] = [];
  const problems: Problem[] = [];
  let failures = 0;
  for (let i = 0; i < paths.length; i++) {
    try {
      pixels.set(await decode(await open(paths[i], i)), indices.length * stride);
      indices.push(i);
    } catch (cause) {
      failures++;
      if (failures <= NAMED_FAILURES) problems.push(warning(paths[i], `"${paths[i]}" left out: ${reason(cause)}.`));
    }
    onProgress(i + 1);
  }
  if (failures > NAMED_FAILURES) {
    problems.push(warning(null, `${failures - NAMED_FAILURES} more images could not be decoded and are left out.`));
  }
  return { pixels: pixels.slice(0, indices.length * stride), indices: Int32Array.from(indices), problems };
}

function reason(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return `it cannot be decoded (${message.replace(/\.$/, '')})`;
}
