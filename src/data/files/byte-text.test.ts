import { expect, it } from 'vitest';
import { byteText } from './byte-text.ts';

it('turns every byte into the character of its number', () => {
  const all = Uint8Array.from({ length: 256 }, (_, i) => i);
  expect([...byteText(all)].map((character) => character.charCodeAt(0))).toEqual([...all]);
  expect(byteText(Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59))).toBe('\x93NUMPY');
});
