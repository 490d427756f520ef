/**
 * Random orders in which layers are switched on: accuracy over the number of active layers. Every random order is followed by its reverse, so
 * with an even number of orders all layers are equally often among the first half (antithetic pairs, as in estimators of Shapley values).
 */
import { gatesOfPlayers, type AdapterLayout } from '../core/adapter-layout.ts';
import { stream } from '../core/rng.ts';
import { removalCounts } from './pruning/structured.ts';

/** Distinguishes these draws from others of the same stream. */
const FIRST_DRAW = 2000;

/** Equal for all runs whose adapters have as many layers, so that their differences are of the adapters alone. */
export function layerOrders(players: number, count: number): number[][] {
  return Array.from({ length: count }, (_, i) => {
    const order = stream(0, 'analysis', FIRST_DRAW + (i >> 1)).shuffle(Array.from({ length: players }, (_p, p) => p));
    return i % 2 === 0 ? order : order.reverse();
  });
}

interface LayerSubset {
  /** Index of the order whose first layers are on. */
  readonly order: number;
  /** Number of layers that are on. */
  readonly active: number;
  /** [pairs] */
  readonly gates: Uint8Array;
}

/** A quarter, a half and three quarters of the layers, in every order. Empty for a single layer. */
export function layerSubsets(layout: AdapterLayout, orders: number): LayerSubset[] {
  const { length } = layout.players;
  const sizes = removalCounts(length);
  return layerOrders(length, orders).flatMap((order, i) =>
    sizes.map((active) => {
      const on = new Set(order.slice(0, active));
      return {
        order: i,
        active,
        gates: gatesOfPlayers(
          layout,
          layout.players.map((_, p) => Number(on.has(p))),
        ),
      };
    }),
  );
}

/** The size in the middle of those of layerSubsets; null if there are none. */
export function halfOfLayers(players: number): number | null {
  const half = Math.round(players / 2);
  return removalCounts(players).includes(half) ? half : null;
}
