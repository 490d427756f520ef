import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dropoutKeyBehind, dropoutUniform, hash32 } from './hash.ts';

const popcount = (value: number) => value.toString(2).replaceAll('0', '').length;
const word = fc.integer({ min: -0x80000000, max: 0x7fffffff });

describe('hash32', () => {
  it('is an unsigned 32-bit integer that depends on the word only', () => {
    fc.assert(
      fc.property(word, (x) => {
        const hash = hash32(x);
        expect(Number.isInteger(hash) && hash >= 0 && hash <= 0xffffffff).toBe(true);
        expect(hash32(x >>> 0)).toBe(hash);
      }),
    );
  });

  it('has no collision among the first 65,536 words', () => {
    expect(new Set(Array.from({ length: 65536 }, (_, i) => hash32(i))).size).toBe(65536);
  });

  it('flips about half of its bits when one input bit flips', () => {
    for (let bit = 0; bit < 32; bit++) {
      let flips = 0;
      for (let x = 1; x <= 512; x++) flips += popcount((hash32(x * 7919) ^ hash32((x * 7919) ^ (1 << bit))) >>> 0);
      expect(Math.abs(flips / 512 - 16)).toBeLessThan(1.5);
    }
  });
});

describe('dropoutKeyBehind', () => {
  it('continues a mask where an earlier part of it ends', () => {
    fc.assert(
      fc.property(word, fc.nat(2 ** 31), fc.nat(1000), (key, first, index) => {
        expect(dropoutUniform(dropoutKeyBehind(key, first), index)).toBe(dropoutUniform(key, first + index));
      }),
    );
  });
});

describe('dropoutUniform', () => {
  it('lies in [0, 1) and is exact in float32', () => {
    fc.assert(
      fc.property(word, fc.nat(), (key, index) => {
        const u = dropoutUniform(key, index);
        expect(u).toBeGreaterThanOrEqual(0);
        expect(u).toBeLessThan(1);
        expect(Math.fround(u)).toBe(u);
      }),
    );
  });

  it('falls below a rate as often as the rate says, and differently for another key', () => {
    let below = 0;
    let equal = 0;
    for (let i = 0; i < 20000; i++) {
      const dropped = dropoutUniform(42, i) < 0.25;
      below += Number(dropped);
      equal += Number(dropped === dropoutUniform(hash32(43), i) < 0.25);
    }
    expect(Math.abs(below / 20000 - 0.25)).toBeLessThan(0.015);
    expect(Math.abs(equal / 20000 - 0.625)).toBeLessThan(0.02);
  });
});
