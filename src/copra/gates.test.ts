import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../core/rng.ts';
import { activationProbability, drawGates, gateGroups, playerGates } from './gates.ts';
import { smallLayout } from './test-layouts.ts';

const probability = fc.double({ min: 0, max: 1, noNaN: true });
const groups = fc.integer({ min: 1, max: 40 });
const seed = fc.nat();
const sum = (gates: Uint8Array) => gates.reduce((total, gate) => total + gate, 0);

describe('drawGates', () => {
  it('is never empty and repeats for the same stream', () => {
    fc.assert(
      fc.property(probability, groups, seed, (p, count, s) => {
        const gates = drawGates(p, count, stream(s, 'gates'));
        expect(gates.length).toBe(count);
        expect(sum(gates)).toBeGreaterThan(0);
        expect(gates.every((gate) => gate === 0 || gate === 1)).toBe(true);
        expect(drawGates(p, count, stream(s, 'gates'))).toEqual(gates);
      }),
    );
  });

  it('p = 1 switches everything on, p = 0 exactly one', () => {
    fc.assert(
      fc.property(groups, seed, (count, s) => {
        expect(sum(drawGates(1, count, stream(s, 'gates')))).toBe(count);
        expect(sum(drawGates(0, count, stream(s, 'gates')))).toBe(1);
      }),
    );
  });

  it('p = 0 keeps to exactly one even when the generator returns 0', () => {
    const zero = { ...stream(0, 'gates'), uniform: () => 0, integer: () => 2 };
    expect([...drawGates(0, 4, zero)]).toEqual([0, 0, 1, 0]);
  });

  it.each([
    [0, 12],
    [0.01, 24],
    [0.1, 12],
    [0.1, 24],
    [0.5, 3],
    [0.9, 12],
  ])('p = %f with %i groups: every group is active as often as the law says', (p, count) => {
    const draws = 20000;
    const counts = new Array<number>(count).fill(0);
    for (let step = 0; step < draws; step++)
      drawGates(p, count, stream(11, 'gates', step)).forEach((gate, group) => (counts[group] += gate));
    const expected = activationProbability(p, count);
    const error = Math.sqrt((expected * (1 - expected)) / draws);
    for (const active of counts) expect(Math.abs(active / draws - expected)).toBeLessThan(5 * error);
  });

  it('the law’s values at the ends', () => {
    expect(activationProbability(0, 12)).toBeCloseTo(1 / 12, 15);
    expect(activationProbability(1, 12)).toBe(1);
    expect(activationProbability(0.1, 12)).toBeCloseTo(0.1 + 0.9 ** 12 / 12, 15);
  });
});

describe('granularity', () => {
  const layout = smallLayout({ towers: ['vision', 'text'] });

  it('layer: one group per layer; module: one per pair', () => {
    expect(gateGroups(layout, 'layer')).toEqual({ count: 8, groupOfPair: layout.playerOfPair });
    expect(gateGroups(layout, 'module').count).toBe(32);
    expect(new Set(gateGroups(layout, 'module').groupOfPair).size).toBe(32);
  });

  it('a layer is active if any of its pairs is', () => {
    const pairs = new Uint8Array(layout.pairs.length);
    expect(sum(playerGates(layout, pairs))).toBe(0);
    pairs[5] = 1;
    expect([...playerGates(layout, pairs)]).toEqual([0, 1, 0, 0, 0, 0, 0, 0]);
  });
});
