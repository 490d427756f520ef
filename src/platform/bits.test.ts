import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesFromBase64, bytesToBase64, packBits, unpackBits } from './bits.ts';

const bits = fc.array(fc.constantFrom(0, 1), { maxLength: 300 }).map((list) => Uint8Array.from(list));

describe('bits as text', () => {
  it('unpacks to what was packed, in a sixth of the characters', () => {
    fc.assert(
      fc.property(bits, (rows) => {
        const text = packBits(rows);
        expect(unpackBits(text, rows.length, 'A list')).toEqual(rows);
        expect(text.length).toBeLessThanOrEqual(4 * Math.ceil(Math.ceil(rows.length / 8) / 3));
      }),
    );
  });

  it('puts the first into the most significant bit', () => {
    expect(atob(packBits(Uint8Array.of(1, 0, 0, 0, 0, 0, 1, 0, 1)))).toBe('\x82\x80');
  });

  it('refuses what is none', () => {
    expect(() => unpackBits('?', 4, 'A list')).toThrow('A list is not valid base64');
    expect(() => unpackBits(packBits(new Uint8Array(8)), 9, 'A list')).toThrow('A list holds 8 values, not 9');
  });

  it('bytes come back as they were', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(bytesFromBase64(bytesToBase64(bytes), 'A list')).toEqual(bytes);
      }),
    );
  });
});
