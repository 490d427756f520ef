import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine, printable } from './one-line.ts';

const characters = fc.constantFrom('a', ' ', '\n', '\r', '\t', '\u001b', '\u0085', '\u2028', '\u202e', '\ud800', '👩‍🔬');
const isOneLine = (text: string): boolean => !/[\p{Cc}\u2028-\u202e\u2066-\u2069]/u.test(text);
const anyText = fc.array(characters).map((found) => found.join(''));

describe('one line', () => {
  it('drops what ends lines, steers terminals or turns the direction, and keeps what names are made of', () => {
    expect(oneLine('a\r\nb\u2028c\u0085\u202ed\u001b[31me\u009b')).toBe('a b cd[31me');
    for (const name of [
      '👩‍🔬',
      '❤️',
      'می‌خواهم',
      'क्‍ष',
      'Bücher',
      'ヤシ',
      'שיטה\u200f CopRA',
      '\u200eא',
      '\u061cب',
      '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
    ]) {
      expect(oneLine(name)).toBe(name);
    }
    for (const text of ['a\n', 'a\tb', '\u001b', '\u2029', '\u202b', '\u2066', '\u2069'])
      expect(oneLine(text)).not.toBe(text);
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
