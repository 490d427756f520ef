import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blobFile, readWhole } from './byte-file.ts';
import { gunzipped } from './gunzip.ts';

const unpacked = (bytes: Uint8Array<ArrayBuffer>) => readWhole(gunzipped(blobFile(new Blob([bytes]))), 1e9);
const packed = (bytes: Uint8Array, level = 6) => new Uint8Array(gzipSync(bytes, { level }));
const pattern = (length: number, seed: number) =>
  Uint8Array.from({ length }, (_, i) => (Math.imul(i + seed, 0x9e3779b1) >>> (i % 3 === 0 ? 24 : 29)) & 0xff);
const together = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

describe('gunzipped', () => {
  it('is what was packed, in one member or several, across pieces of any length', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(90_000), { minLength: 1, maxLength: 4 }),
        fc.constantFrom(0, 1, 9),
        async (lengths, level) => {
          const parts = lengths.map((length, i) => pattern(length, i));
          const file = together(...parts.map((part) => packed(part, level)));
          expect(Buffer.compare(await unpacked(file), together(...parts))).toBe(0);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is refused cut off anywhere, and with any byte of a member altered that holds something', async () => {
    const [first, second] = [packed(pattern(40_000, 1), 0), packed(pattern(300, 2))];
    const file = together(first, second);
    for (const length of [0, 5, 1000, first.length - 1, first.length + 4, file.length - 9, file.length - 1])
      await expect(unpacked(file.slice(0, length))).rejects.toThrow();
    for (const at of [2, 500, 30_000, first.length - 8, first.length - 1, first.length + 40, file.length - 1]) {
      const altered = file.slice();
      altered[at] ^= 1;
      await expect(unpacked(altered), String(at)).rejects.toThrow();
    }
  });
});
