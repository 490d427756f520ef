import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashString, rngFromState, stream } from './rng.ts';
import type { Rng } from './rng.ts';
import { mean, standardDeviation } from './statistics.ts';

const draws = (rng: Rng, count: number) => Array.from({ length: count }, () => rng.uniform());
const seed = fc.integer({ min: 0, max: 0x7fffffff });

describe('streams', () => {
  it('repeat for the same seed, name and index', () => {
    fc.assert(
      fc.property(seed, fc.nat(1000), (s, index) => {
        expect(draws(stream(s, 'gates', index), 8)).toEqual(draws(stream(s, 'gates', index), 8));
      }),
    );
  });

  it('differ between names, seeds and indices', () => {
    fc.assert(
      fc.property(seed, (s) => {
        const base = draws(stream(s, 'gates'), 4);
        expect(draws(stream(s, 'init'), 4)).not.toEqual(base);
        expect(draws(stream(s + 1, 'gates'), 4)).not.toEqual(base);
        expect(draws(stream(s, 'gates', 1), 4)).not.toEqual(base);
      }),
    );
  });

  it('neighbouring sub-streams are uncorrelated in their first draw', () => {
    const first = Array.from({ length: 4000 }, (_, index) => stream(7, 'gates', index).uniform());
    expect(mean(first)).toBeCloseTo(0.5, 1);
    const products = first.slice(1).map((x, i) => (x - 0.5) * (first[i] - 0.5));
    expect(Math.abs(mean(products))).toBeLessThan(4 / 12 / Math.sqrt(products.length));
  });

  it('continue from a saved state', () => {
    fc.assert(
      fc.property(seed, fc.nat(50), (s, skip) => {
        const rng = stream(s, 'order');
        draws(rng, skip);
        const copy = rngFromState(rng.save());
        expect(draws(copy, 5)).toEqual(draws(rng, 5));
      }),
    );
  });

  it('are uniform: ten bins within five standard deviations', () => {
    const bins = new Array<number>(10).fill(0);
    const rng = stream(3, 'analysis');
    for (let i = 0; i < 20000; i++) bins[Math.floor(rng.uniform() * 10)]++;
    for (const count of bins) expect(Math.abs(count - 2000)).toBeLessThan(5 * Math.sqrt(1800));
  });

  it('normal draws have mean 0 and deviation 1', () => {
    const rng = stream(5, 'init');
    const sample = Array.from({ length: 20000 }, () => rng.normal());
    expect(Math.abs(mean(sample))).toBeLessThan(0.03);
    expect(Math.abs(standardDeviation(sample) - 1)).toBeLessThan(0.03);
    expect(sample.every(Number.isFinite)).toBe(true);
  });

  it('integers stay below their bound', () => {
    fc.assert(
      fc.property(seed, fc.integer({ min: 1, max: 1000 }), (s, bound) => {
        const value = stream(s, 'split').integer(bound);
        expect(Number.isInteger(value) && value >= 0 && value < bound).toBe(true);
      }),
    );
  });

  it('shuffle permutes in place, and every order of three items is equally likely', () => {
    fc.assert(
      fc.property(seed, fc.array(fc.integer()), (s, items) => {
        const copy = [...items];
        expect(stream(s, 'order').shuffle(copy)).toBe(copy);
        expect(copy.sort((a, b) => a - b)).toEqual([...items].sort((a, b) => a - b));
      }),
    );
    const counts = new Map<string, number>();
    const rng = stream(1, 'order');
    for (let i = 0; i < 6000; i++) {
      const key = rng.shuffle([0, 1, 2]).join('');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('hashString is FNV-1a', () => {
    expect(hashString('')).toBe(0x811c9dc5);
    expect(hashString('a')).toBe(0xe40c292c);
    expect(hashString('foobar')).toBe(0xbf9cf968);
  });
});
