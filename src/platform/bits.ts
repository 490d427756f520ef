/** Lists of 0 and 1 as text, eight to a byte. */

/** 0/1 → base64 of bits, most significant bit first; the last byte is padded with zeros. */
export function packBits(values: ArrayLike<number | boolean>): string {
  const bytes = new Uint8Array(Math.ceil(values.length / 8));
  for (let i = 0; i < values.length; i++) if (values[i]) bytes[i >> 3] |= 0x80 >> (i & 7);
  return bytesToBase64(bytes);
}

/**
 * The inverse of packBits.
 * @param length number of values @param what named in errors, at the start of a sentence
 * @throws RangeError when the text is not base64 or too short.
 */
export function unpackBits(text: string, length: number, what: string): Uint8Array {
  const bytes = bytesFromBase64(text, what);
  if (bytes.length * 8 < length) throw new RangeError(`${what} holds ${bytes.length * 8} values, not ${length}.`);
  const values = new Uint8Array(length);
  for (let i = 0; i < length; i++) values[i] = (bytes[i >> 3] >> (7 - (i & 7))) & 1;
  return values;
}

export function bytesToBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** @param what named in errors, at the start of a sentence @throws RangeError when the text is not base64. */
export function bytesFromBase64(text: string, what: string): Uint8Array {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    throw new RangeError(`${what} is not valid base64.`);
  }
  // A loop: what calls a function for every character takes ten times as long, and saved results hold hundreds of thousands.
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
