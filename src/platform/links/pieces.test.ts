import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createJoiner, FrameTooLong, piecesOf } from './pieces.ts';

it('frames in pieces come together as they were, one after the other', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50_000), { minLength: 1, maxLength: 3 }), (lengths) => {
      const join = createJoiner(100_000);
      for (const length of lengths) {
        const frame = Uint8Array.from({ length }, (_, i) => (i * 31 + length) % 256);
        const found = [...piecesOf(frame)].map(join);
        expect(found.slice(0, -1).every((whole) => whole === null)).toBe(true);
        // Compared as bytes: as lists they would take seconds.
        const whole = found.at(-1);
        expect(whole?.length === length && whole.every((byte, i) => byte === frame[i])).toBe(true);
      }
    }),
    { numRuns: 10 },
  );
});

it('a frame without an end, of bytes or of empty pieces, is given up', () => {
  const bytes = createJoiner(1000);
  expect(() => {
    for (let i = 0; i < 100; i++) bytes(new Uint8Array(101));
  }).toThrow(FrameTooLong);
  const empty = createJoiner(1000);
  expect(() => {
    for (let i = 0; i < 100; i++) empty(new Uint8Array(1));
  }).toThrow(FrameTooLong);
  expect(createJoiner(10)(new Uint8Array(0))).toBeNull();
});
