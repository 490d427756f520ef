import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../core/rng.ts';
import { activationProbabilities, drawGates, gateGroups, playerGates } from './gates.ts';
import { smallLayout } from './test-layouts.ts';

const probability = fc.double({ min: 0, max: 1, noNaN: true });
const probabilities = fc.array(probability, { minLength: 1, maxLength: 40 });
const seed = fc.nat();
const sum = (gates: Uint8Array) => gates.reduce((total, gate) => total + gate, 0);
const equal = (p: number, count: number) => new Array<number>(count).fill(p);

describe('drawGates', () => {
  it('is never empty and repeats for the same stream', () => {
    fc.assert(
      fc.property(probabilities, seed, (ps, s) => {
        const gates = drawGates(ps, stream(s, 'gates'));
        expect(gates.length).toBe(ps.length);
        expect(sum(gates)).toBeGreaterThan(0);
        expect(gates.every((gate) => gate === 0 || gate === 1)).toBe(true);
        expect(drawGates(ps, stream(s, 'gates'))).toEqual(gates);
      }),
    );
  });

  it('p = 1 switches everything on, p = 0 exactly one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), seed, (count, s) => {
        expect(sum(drawGates(equal(1, count), stream(s, 'gates')))).toBe(count);
        expect(sum(drawGates(equal(0, count), stream(s, 'gates')))).toBe(1);
      }),
    );
  });

  it('p = 0 keeps to exactly one even when the generator returns 0', () => {
    const zero = { ...stream(0, 'gates'), uniform: () => 0, integer: () => 2 };
    expect([...drawGates(equal(0, 4), zero)]).toEqual([0, 0, 1, 0]);
  });

  it.each([
    ['0, 12 groups', equal(0, 12)],
    ['0.01, 24 groups', equal(0.01, 24)],
    ['0.1, 12 groups', equal(0.1, 12)],
    ['0.1, 24 groups', equal(0.1, 24)],
    ['0.5, 3 groups', equal(0.5, 3)],
    ['0.9, 12 groups', equal(0.9, 12)],
    ['another in every group', [0.05, 0.7, 0.2, 0, 1 / 3]],
  ])('p = %s: every group is active as often as the law says', (_, ps) => {
    const draws = 20000;
    const counts = equal(0, ps.length);
    for (let step = 0; step < draws; step++)
      drawGates(ps, stream(11, 'gates', step)).forEach((gate, group) => (counts[group] += gate));
    activationProbabilities(ps).forEach((expected, group) => {
      const error = Math.sqrt((expected * (1 - expected)) / draws);
      expect(Math.abs(counts[group] / draws - expected)).toBeLessThan(5 * error);
    });
  });

  it('the law’s values at the ends', () => {
    expect(activationProbabilities(equal(0, 12))[3]).toBeCloseTo(1 / 12, 15);
    expect(activationProbabilities(equal(1, 12))).toEqual(equal(1, 12));
    expect(activationProbabilities(equal(0.1, 12))[11]).toBeCloseTo(0.1 + 0.9 ** 12 / 12, 15);
    expect(activationProbabilities([0.5, 1])).toEqual([0.5, 1]);
  });
});

describe('granularity', () => {
  const layout = smallLayout({ towers: ['vision', 'text'] });

  it('layer: one group per layer; module: one per pair; depth grows to 1 in each tower', () => {
    const ofTower = [0.25, 0.5, 0.75, 1];
    const depths = [...ofTower, ...ofTower];
    expect(gateGroups(layout, 'layer')).toEqual({ count: 8, groupOfPair: layout.playerOfPair, depths });
    const modules = gateGroups(layout, 'module');
    expect(modules.count).toBe(32);
    expect(new Set(modules.groupOfPair).size).toBe(32);
    expect(modules.depths).toEqual(layout.playerOfPair.map((player) => depths[player]));
  });

  it('a layer is active if any of its pairs is', () => {
    const pairs = new Uint8Array(layout.pairs.length);
    expect(sum(playerGates(layout, pairs))).toBe(0);
    pairs[5] = 1;
    expect([...playerGates(layout, pairs)]).toEqual([0, 1, 0, 0, 0, 0, 0, 0]);
  });
});
