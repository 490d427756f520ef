/** Bytes for tests, the same in Node and in browsers. */
import { createCRC32, createSHA256 } from 'hash-wasm';

/** One after the other. A list, not arguments: sixty thousand of these overflow the stack. */
export function together(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Equal, without the many words of a failed comparison of arrays. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

/** Packed by zlib: another packer than the page's. */
export async function gzipped(content: Uint8Array | string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([content as BlobPart]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const [crc, sha] = await Promise.all([createCRC32(), createSHA256()]);

/** Hexadecimal SHA-256. */
export const sha256 = (bytes: Uint8Array): string => sha.init().update(bytes).digest('hex');

/** CRC-32 by another implementation than ours. */
export const referenceCrc32 = (bytes: Uint8Array): number => parseInt(crc.init().update(bytes).digest('hex'), 16);
