import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialAdapter } from './lora-init.ts';
import { smallLayout } from './test-layouts.ts';

describe('initialAdapter', () => {
  const layout = smallLayout({ rank: 8, head: { classes: 3, features: 5 } });

  it('draws A within ±1/√in with that spread, and leaves B at zero', () => {
    const adapter = initialAdapter(layout, 1);
    for (const pair of layout.pairs) {
      const bound = 1 / Math.sqrt(pair.inFeatures);
      const a = adapter.subarray(pair.aOffset, pair.aOffset + layout.rank * pair.inFeatures);
      const b = adapter.subarray(pair.bOffset, pair.bOffset + pair.outFeatures * layout.rank);
      expect(a.every((value) => Math.abs(value) <= bound)).toBe(true);
      expect(Math.max(...a)).toBeGreaterThan(0.6 * bound);
      expect(Math.min(...a)).toBeLessThan(-0.6 * bound);
      expect(b.every((value) => value === 0)).toBe(true);
    }
  });

  it('starts the head small, its bias at zero', () => {
    const adapter = initialAdapter(layout, 1);
    const head = adapter.subarray(layout.head?.weightOffset);
    expect(head.subarray(0, 15).every((value) => value !== 0 && Math.abs(value) <= 0.1 / Math.sqrt(5))).toBe(true);
    expect([...head.subarray(15)]).toEqual([0, 0, 0]);
  });

  it('repeats for a seed, differs between seeds, and gives every pair its own numbers', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const adapter = initialAdapter(layout, seed);
        expect(initialAdapter(layout, seed)).toEqual(adapter);
        expect(initialAdapter(layout, seed + 1)).not.toEqual(adapter);
        const [first, second] = layout.pairs;
        expect(adapter[first.aOffset]).not.toBe(adapter[second.aOffset]);
      }),
      { numRuns: 20 },
    );
  });
});
