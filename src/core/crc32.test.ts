import fc from 'fast-check';
import { expect, it } from 'vitest';
import { referenceCrc32 as reference } from '../../tests/support/bytes.ts';
import { crc32 } from './crc32.ts';

it('is that of hash-wasm, in one go or in parts', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
      expect(crc32(bytes)).toBe(reference(bytes));
      expect(crc32(bytes.subarray(cut), crc32(bytes.subarray(0, cut)))).toBe(reference(bytes));
    }),
  );
});
