import { describe, expect, it } from 'vitest';
import type { ByteFile, Bytes } from './byte-file.ts';
import { fileText, textIn } from './file-text.ts';

const inPieces = (bytes: Uint8Array, length: number): ByteFile => ({
  size: bytes.length,
  slice: null,
  async *stream() {
    for (let at = 0; at < bytes.length; at += length) yield Uint8Array.from(bytes.subarray(at, at + length));
  },
});

async function textOf(bytes: Uint8Array, length: number): Promise<string> {
  let text = '';
  for await (const piece of fileText(inPieces(bytes, length))) text += piece;
  return text;
}

const utf8 = (text: string): Bytes => new TextEncoder().encode(text);
const windows = (text: string): Bytes => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf16 = (text: string): Bytes =>
  Uint8Array.from([0xff, 0xfe, ...[...windows(text)].flatMap((byte) => [byte, 0])]);

describe('the text of a file', () => {
  const text = `${'a.jpg,Hund\n'.repeat(40)}b.jpg,Käfer\nc.jpg,Köter\n`;

  it.each([
    ['UTF-8', utf8(text)],
    ['UTF-8 with a byte order mark', utf8(`\ufeff${text}`)],
    ['UTF-16', utf16(text)],
    ['Windows-1252', windows(text)],
  ])('is read in %s, wherever its pieces end', async (_, bytes) => {
    expect(textIn(bytes)).toBe(text);
    for (const length of [2, 3, 64, 447, 448, 449]) expect(await textOf(bytes, length)).toBe(text);
  });

  it('is UTF-8 up to its end where a character is damaged', async () => {
    const damaged = Uint8Array.from([...utf8('Käfer '.repeat(20)), 0xff, ...utf8(' 猫 Käfer')]);
    for (const length of [7, 64]) expect(await textOf(damaged, length)).toMatch(/^(Käfer ){20}\ufffd 猫 Käfer$/);
  });

  it('ends within a character', () => {
    expect(textIn(utf8('Kä').subarray(0, 2))).toBe('KÃ');
    expect(textIn(utf8('Kää').subarray(0, 4))).toBe('Kä\ufffd');
    expect(textIn(new Uint8Array(0))).toBe('');
  });
});
