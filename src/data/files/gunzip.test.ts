import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gzipSync } from 'fflate';
import { gzipped, sameBytes, together } from '../../../tests/support/bytes.ts';
import { blobFile, readWhole } from './byte-file.ts';
import { gunzipped } from './gunzip.ts';

const unpacked = (bytes: Uint8Array<ArrayBuffer>) => readWhole(gunzipped(blobFile(new Blob([bytes]))), 1e9);
const pattern = (length: number, seed: number) =>
  Uint8Array.from({ length }, (_, i) => (Math.imul(i + seed, 0x9e3779b1) >>> (i % 3 === 0 ? 24 : 29)) & 0xff);
/** Another packer at its one level, and the library's own at others: stored at 0. */
const packed = async (bytes: Uint8Array, level: 0 | 1 | 6 | 9 = 6) =>
  level === 6 ? gzipped(bytes) : gzipSync(bytes, { level });

describe('gunzipped', () => {
  it('is what was packed, in one member or several, across pieces of any length', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(90_000), { minLength: 1, maxLength: 4 }),
        fc.constantFrom(0 as const, 1 as const, 6 as const, 9 as const),
        async (lengths, level) => {
          const parts = lengths.map((length, i) => pattern(length, i));
          const file = together(await Promise.all(parts.map((part) => packed(part, level))));
          expect(sameBytes(await unpacked(file), together(parts))).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('may be padded with zeros, as tapes and some uploads do', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(new Uint8Array(0), new Uint8Array(3000), pattern(200, 3), pattern(70_000, 4)),
        fc.constantFrom(0, 1, 9),
        fc.constantFrom(1, 3, 4, 8, 512, 10_240, 200_000),
        async (content, level, zeros) => {
          const whole = await packed(content, level);
          expect(sameBytes(await unpacked(together([whole, new Uint8Array(zeros)])), content)).toBe(true);
          const cut = whole.slice(0, -9);
          if (content.length > 0) await expect(unpacked(together([cut, new Uint8Array(zeros)]))).rejects.toThrow();
        },
      ),
    );
  });

  it('is refused cut off anywhere, and with any byte of a member altered that holds something', async () => {
    const [first, second] = [await packed(pattern(40_000, 1), 0), await packed(pattern(300, 2))];
    const file = together([first, second]);
    for (const length of [0, 5, 1000, first.length - 1, first.length + 4, file.length - 9, file.length - 1])
      await expect(unpacked(file.slice(0, length))).rejects.toThrow();
    for (const at of [2, 500, 30_000, first.length - 8, first.length - 1, first.length + 40, file.length - 1]) {
      const altered = file.slice();
      altered[at] ^= 1;
      await expect(unpacked(altered), String(at)).rejects.toThrow();
    }
  });
});
