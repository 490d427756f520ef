import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOneLine, oneLine, printable } from './one-line.ts';

const characters = fc.constantFrom('a', ' ', '\n', '\r', '\t', '\u001b', '\u0085', '\u2028', '\u202e', '\ud800', '👩‍🔬');
const anyText = fc.array(characters).map((found) => found.join(''));

describe('one line', () => {
  it('drops what ends lines, steers terminals or turns the direction, and keeps what names are made of', () => {
    expect(oneLine('a\r\nb\u2028c\u0085\u202ed\u001b[31me\u009b')).toBe('a b cd[31me');
    for (const name of ['👩‍🔬', '❤️', 'می‌خواهم', 'क्‍ष', 'Bücher', 'ヤシ', '🏴󠁧󠁢󠁥󠁮󠁧󠁿']) {
      expect(isOneLine(name)).toBe(true);
      expect(oneLine(name)).toBe(name);
    }
    for (const text of ['a\n', 'a\tb', '\u001b', '\u2029', '\u200f', '\u2066']) expect(isOneLine(text)).toBe(false);
  });

  it('leaves one line of any text, and of printable text its lines', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const lines = printable(text).split('\n');
        return isOneLine(oneLine(text)) && lines.every(isOneLine) && lines.length === text.split('\n').length;
      }),
    );
  });
});
