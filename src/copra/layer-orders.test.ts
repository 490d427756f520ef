import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halfOfLayers, layerOrders, layerSubsets } from './layer-orders.ts';
import { smallLayout } from './test-layouts.ts';

describe('orders of layers', () => {
  it('hold every layer once, and come in pairs of an order and its reverse', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 9 }), (players, count) => {
        const orders = layerOrders(players, count);
        expect(orders).toHaveLength(count);
        orders.forEach((order, i) => {
          expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: players }, (_, p) => p));
          if (i % 2 === 1) expect(order).toEqual(orders[i - 1].toReversed());
        });
        expect(layerOrders(players, count)).toEqual(orders);
      }),
    );
    expect(layerOrders(12, 4)[2]).not.toEqual(layerOrders(12, 4)[0]);
  });

  it('make subsets that grow layer by layer, whole layers of both towers', () => {
    const layout = smallLayout({ layers: 6, towers: ['vision', 'text'] });
    const subsets = layerSubsets(layout, 2);
    expect(subsets.map(({ order, active }) => [order, active])).toEqual([
      [0, 3],
      [0, 6],
      [0, 9],
      [1, 3],
      [1, 6],
      [1, 9],
    ]);
    const onOf = (gates: Uint8Array) => new Set(layout.playerOfPair.filter((_, pair) => gates[pair] === 1));
    for (const { active, gates } of subsets) {
      const on = onOf(gates);
      expect(on.size).toBe(active);
      layout.playerOfPair.forEach((player, pair) => expect(gates[pair]).toBe(Number(on.has(player))));
    }
    const [small, middle, , , mirrored] = subsets.map(({ gates }) => onOf(gates));
    for (const player of small) expect(middle.has(player)).toBe(true);
    // The halves of an order and its reverse hold every layer once.
    expect([...middle, ...mirrored].toSorted((a, b) => a - b)).toEqual(layout.players.map((_, p) => p));
  });

  it('has a half where there is one', () => {
    expect([1, 2, 3, 12].map(halfOfLayers)).toEqual([null, 1, 2, 6]);
    expect(layerSubsets(smallLayout({ layers: 1 }), 3)).toEqual([]);
  });
});
