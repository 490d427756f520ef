/** Base64 with the alphabet that needs no escaping in addresses (RFC 4648, section 5), without padding. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUE = new Map([...ALPHABET].map((character, value) => [character, value]));

/** @returns four characters for three bytes; two or three for the last ones */
export function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const characters = Math.min(4, bytes.length - i + 1);
    for (let c = 0; c < characters; c++) text += ALPHABET[(group >> (18 - 6 * c)) & 63];
  }
  return text;
}

/** Number of characters for this many bytes. */
export const base64UrlLength = (bytes: number): number => Math.ceil((bytes * 4) / 3);

/**
 * Decodes only what toBase64Url wrote: bits beyond the last byte must be zero, so that different texts never mean the same bytes. With `cut`, an incomplete
 * last group is dropped.
 * @throws RangeError naming the first invalid character, with its position.
 */
export function fromBase64Url(text: string, cut = false): Uint8Array {
  const rest = text.length % 4;
  if (rest === 1 && !cut) throw new RangeError('The text ends inside a byte.');
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let at = 0;
  let bits = 0;
  let held = 0;
  for (let i = 0; i < text.length; i++) {
    const value = VALUE.get(text[i]);
    if (value === undefined) throw new RangeError(`Character ${i + 1} (“${text[i]}”) does not belong there.`);
    held = ((held << 6) | value) & 0xfff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 0xff;
    }
  }
  if (!cut && (held & ((1 << bits) - 1)) !== 0) throw new RangeError('The last character does not belong there.');
  return bytes;
}
