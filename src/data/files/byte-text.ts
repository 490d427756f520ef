/**
 * Decodes bytes as ISO 8859-1, for magic words and headers. TextDecoder cannot do this: browsers take its "latin1" and "ascii" for
 * windows-1252, in which 0x80 to 0x9f are other characters (WHATWG Encoding, 4.2), and Node does not.
 */
export function byteText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
