import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeFloat16, encodeFloat16 } from './float16.ts';

const allBits = Uint16Array.from({ length: 65536 }, (_, i) => i);
const decode = (bits: number) => decodeFloat16(Uint16Array.of(bits))[0];
const encode = (value: number) => encodeFloat16(Float32Array.of(value))[0];

test('known values', () => {
  expect(decode(0x3c00)).toBe(1);
  expect(decode(0xc000)).toBe(-2);
  expect(decode(0x7bff)).toBe(65504);
  expect(decode(0x0400)).toBe(2 ** -14);
  expect(decode(0x0001)).toBe(2 ** -24);
  expect(decode(0x7c00)).toBe(Infinity);
  expect(decode(0xfc00)).toBe(-Infinity);
  expect(decode(0x7e00)).toBeNaN();
  expect(Object.is(decode(0x8000), -0)).toBe(true);
});

test('every half survives decode and encode', () => {
  const back = encodeFloat16(decodeFloat16(allBits));
  const changed = allBits.filter((bits) => back[bits] !== bits);
  // NaNs lose their payload, nothing else changes.
  expect(changed.every((bits) => (bits & 0x7fff) > 0x7c00)).toBe(true);
  expect(changed.every((bits) => (back[bits] & 0x7fff) === 0x7e00)).toBe(true);
});

test('ties go to the even neighbour, overflow to infinity', () => {
  expect(encode(1 + 2 ** -11)).toBe(0x3c00);
  expect(encode(1 + 3 * 2 ** -11)).toBe(0x3c02);
  expect(encode(2 ** -25)).toBe(0);
  expect(encode(3 * 2 ** -25)).toBe(2);
  expect(encode(65519)).toBe(0x7bff);
  for (const beyond of [65520, 65535.5, 65536]) expect(encode(beyond)).toBe(0x7c00);
  expect(encode(-1e30)).toBe(0xfc00);
  expect(encode(2 ** -14 - 2 ** -26)).toBe(0x0400); // a subnormal that rounds up to the smallest normal
});

test('encoding takes the nearest half', () => {
  const magnitude = fc.oneof(
    fc.float({ min: 0, max: 65504, noNaN: true }),
    fc.float({ min: 0, max: 2 ** -12, noNaN: true }),
  );
  fc.assert(
    fc.property(magnitude, (value) => {
      const bits = encode(value);
      const distance = Math.abs(decode(bits) - value);
      for (const neighbour of [bits - 1, bits + 1]) {
        if (neighbour < 0 || neighbour > 0x7bff) continue;
        const other = Math.abs(decode(neighbour) - value);
        expect(distance).toBeLessThanOrEqual(other);
        if (distance === other) expect(bits % 2).toBe(0);
      }
      expect(encode(-value)).toBe(bits | 0x8000);
    }),
    { numRuns: 2000 },
  );
});
