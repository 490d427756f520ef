import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gatesOfMask } from '../shapley/coalitions.ts';
import { extremeCoalition } from './coalition-search.ts';

describe('the best and worst coalition of k players', () => {
  it('of additive values are the k largest and smallest', () => {
    const effects = fc.uniqueArray(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(effects, fc.nat(8), (values, wanted) => {
        const kept = Math.min(wanted, values.length);
        const table = Array.from({ length: 2 ** values.length }, (_, mask) =>
          values.reduce((sum, value, player) => sum + value * ((mask >> player) & 1), 0),
        );
        const chosen = (which: 'best' | 'worst') =>
          values.filter((_, player) => gatesOfMask(extremeCoalition([table], kept, which), values.length)[player]);
        const sorted = [...values].sort((a, b) => b - a);
        expect(chosen('best').sort((a, b) => b - a)).toEqual(sorted.slice(0, kept));
        expect(chosen('worst').sort((a, b) => b - a)).toEqual(sorted.slice(sorted.length - kept));
      }),
    );
  });

  it('averages over runs', () => {
    const first = [0, 0.9, 0.5, 1];
    const second = [0, 0.1, 0.7, 1];
    expect(extremeCoalition([first], 1, 'best')).toBe(1);
    expect(extremeCoalition([first, second], 1, 'best')).toBe(2);
    expect(extremeCoalition([first, second], 1, 'worst')).toBe(1);
  });

  it('is the one with the lower players where several are equal', () => {
    for (const which of ['best', 'worst'] as const) expect(extremeCoalition([[0, 1, 1, 2]], 1, which)).toBe(1);
  });

  it('refuses what is no table', () => {
    expect(() => extremeCoalition([], 0, 'best')).toThrow(RangeError);
    expect(() => extremeCoalition([[1, 2], [1]], 0, 'best')).toThrow(/one length/);
    expect(() => extremeCoalition([[1, 2]], 2, 'best')).toThrow(/Cannot keep 2 of 1/);
  });
});
