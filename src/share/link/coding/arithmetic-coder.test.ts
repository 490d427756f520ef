import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BitDecoder, BitEncoder } from './arithmetic-coder.ts';

const bit = fc.constantFrom<0 | 1>(0, 1);
const probability = fc.oneof(fc.integer({ min: 1, max: 65535 }), fc.constantFrom(1, 2, 65534, 65535, 32768));

const encoded = (bits: readonly (readonly [0 | 1, number])[]): Uint8Array => {
  const encoder = new BitEncoder();
  for (const [value, zero] of bits) encoder.encode(value, zero);
  return encoder.finish();
};

describe('arithmetic coding', () => {
  it('gives back every bit, whatever its probability was', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(bit, probability), { maxLength: 400 }), (bits) => {
        const decoder = new BitDecoder(encoded(bits));
        for (const [value, zero] of bits) expect(decoder.decode(zero)).toBe(value);
      }),
    );
  });

  it('takes as many bits as the bits were unlikely, and four bytes more at most', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(bit, probability), { maxLength: 400 }), (bits) => {
        const surprise = bits.reduce(
          (sum, [value, zero]) => sum - Math.log2((value === 0 ? zero : 65536 - zero) / 65536),
          0,
        );
        expect(8 * encoded(bits).length).toBeLessThanOrEqual(1.001 * surprise + 32);
      }),
    );
  });

  it('writes nothing for nothing, and reads zeros behind the end', () => {
    expect(encoded([])).toHaveLength(0);
    const decoder = new BitDecoder(new Uint8Array());
    expect(Array.from({ length: 100 }, () => decoder.decode(32768))).toEqual(Array(100).fill(0));
  });
});
