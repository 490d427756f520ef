import fc from 'fast-check';
import { expect, it } from 'vitest';
import { referenceCrc32 as reference } from '../../tests/support/bytes.ts';
import { crc32, crc32c } from './crc32.ts';

it('is that of hash-wasm, in one go or in parts', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
      expect(crc32(bytes)).toBe(reference(bytes));
      expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(reference(bytes));
    }),
  );
});

it('of Castagnoli is that of RFC 3720, and of a division bit by bit', () => {
  const bitByBit = (bytes: Uint8Array): number => {
    let value = 0xffffffff;
    for (const byte of bytes) {
      value ^= byte;
      for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
    }
    return ~value >>> 0;
  };
  expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283);
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(255))).toBe(0x62a8ab43);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => void expect(crc32c(bytes)).toBe(bitByBit(bytes))),
  );
});
