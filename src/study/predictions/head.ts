/** The classifier that was trained alone on a frozen backbone, as text, so that the backbone can be asked about further pictures. */
import { bytesFromBase64, bytesToBase64 } from '../../platform/bits.ts';

/** 256 classes on features of 768. A larger head is not kept. */
const MOST_BYTES = 2 ** 20;

/** @param head weights [classes, width], then biases [classes] @returns base64 of float32, little-endian; null when it is too large to be kept */
export function packHead(head: Float32Array): string | null {
  return head.byteLength > MOST_BYTES
    ? null
    : bytesToBase64(new Uint8Array(head.buffer, head.byteOffset, head.byteLength));
}

/** The inverse of packHead. Null when the text holds no such head. */
export function readHead(text: string, classes: number, width: number): Float32Array | null {
  let bytes: Uint8Array;
  try {
    bytes = bytesFromBase64(text, 'The head of the backbone');
  } catch {
    return null;
  }
  if (bytes.length !== 4 * classes * (width + 1)) return null;
  const head = new Float32Array(Uint8Array.from(bytes).buffer);
  return head.every(Number.isFinite) ? head : null;
}
