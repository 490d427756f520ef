import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROJECTIONS, allGates, createAdapterLayout, gatesOfPlayers } from './adapter-layout.ts';

const shape = fc.record({
  layers: fc.integer({ min: 1, max: 4 }),
  width: fc.integer({ min: 1, max: 6 }),
  mlpWidth: fc.integer({ min: 1, max: 9 }),
});
const layout = fc
  .record({
    shapes: fc.record({ vision: shape, text: shape }),
    rank: fc.integer({ min: 1, max: 5 }),
    projections: fc.subarray([...PROJECTIONS], { minLength: 1 }),
    towers: fc.subarray(['vision', 'text'] as const, { minLength: 1 }),
    dora: fc.boolean(),
    head: fc.option(fc.record({ classes: fc.integer({ min: 1, max: 5 }), features: fc.integer({ min: 1, max: 5 }) })),
  })
  .map(({ shapes, rank, projections, towers, dora, head }) =>
    createAdapterLayout(shapes, { rank, projections, towers, dora }, head),
  );

describe('createAdapterLayout', () => {
  it('tiles the flat vector: no gap, no overlap', () => {
    fc.assert(
      fc.property(layout, (l) => {
        const used = new Uint8Array(l.size);
        const mark = (from: number, length: number) => {
          for (let i = from; i < from + length; i++) used[i]++;
        };
        for (const pair of l.pairs) {
          mark(pair.aOffset, l.rank * pair.inFeatures);
          mark(pair.bOffset, pair.outFeatures * l.rank);
          if (pair.magnitudeOffset !== null) mark(pair.magnitudeOffset, pair.outFeatures);
        }
        if (l.head) {
          mark(l.head.weightOffset, l.head.classes * l.head.features);
          mark(l.head.biasOffset, l.head.classes);
        }
        expect(used.every((count) => count === 1)).toBe(true);
      }),
    );
  });

  it('orders vision before text, bottom to top, and knows the player of every pair', () => {
    fc.assert(
      fc.property(layout, (l) => {
        const rank = (p: { tower: string; layer: number }) => (p.tower === 'vision' ? 0 : 1000) + p.layer;
        for (let i = 1; i < l.players.length; i++) expect(rank(l.players[i])).toBeGreaterThan(rank(l.players[i - 1]));
        l.pairs.forEach((pair, i) => {
          expect(l.players[l.playerOfPair[i]]).toEqual({ tower: pair.tower, layer: pair.layer });
        });
      }),
    );
  });

  it('expands layer gates to pair gates', () => {
    fc.assert(
      fc.property(layout, fc.nat(), (l, bits) => {
        const gates = l.players.map((_, i) => (bits >> (i % 16)) & 1);
        const pairs = gatesOfPlayers(l, gates);
        l.playerOfPair.forEach((player, i) => expect(pairs[i]).toBe(gates[player]));
        expect(
          gatesOfPlayers(
            l,
            l.players.map(() => 1),
          ),
        ).toEqual(allGates(l));
      }),
    );
  });

  it('says what is wrong', () => {
    const shapes = { vision: { layers: 1, width: 2, mlpWidth: 4 } };
    const targets = { rank: 1, towers: ['vision'], projections: ['q'] } as const;
    expect(() => createAdapterLayout(shapes, { ...targets, rank: 0 })).toThrow(
      /rank must be a positive integer, got 0/,
    );
    expect(() => createAdapterLayout(shapes, { ...targets, rank: 1.5 })).toThrow(RangeError);
    expect(() => createAdapterLayout(shapes, { ...targets, towers: ['text'] })).toThrow(/adapts nothing/);
    expect(() => createAdapterLayout(shapes, { ...targets, projections: [] })).toThrow(/adapts nothing/);
    expect(() => gatesOfPlayers(createAdapterLayout(shapes, targets), [1, 0])).toThrow(/Expected 1 layer gates, got 2/);
  });

  it('gives the MLP maps their own widths', () => {
    const l = createAdapterLayout(
      { vision: { layers: 1, width: 2, mlpWidth: 4 } },
      { rank: 1, towers: ['vision'], projections: ['fc1', 'fc2'] },
    );
    expect(l.pairs.map((p) => [p.inFeatures, p.outFeatures])).toEqual([
      [2, 4],
      [4, 2],
    ]);
  });
});
