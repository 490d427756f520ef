/**
 * Structured pruning: gates that switch whole layers or projections off after training; nothing is retrained, and where a gate is off the
 * backbone is used. A label names what is KEPT: `even` keeps layers 0, 2, 4 … and `q` keeps every q. The labels of ranked masks
 * (`shapley-6`, `norm-6`, `random-6`) name how many layers were REMOVED, and in which order. Layers are counted from 0 and thirds are taken
 * in every tower alike.
 */
import { PROJECTIONS, TOWERS, gatesOfPlayers, type AdapterLayout } from '../../core/adapter-layout.ts';
import { stream } from '../../core/rng.ts';
import { thirdsOfPlayers } from '../thirds.ts';
import { THIRDS } from './kept.ts';

/** A mask of whole layers or projections, 1 where a pair is kept. */
export interface StructuredMask {
  readonly label: string;
  /** [pairs] */
  readonly gates: Uint8Array;
  /** Adapted projections kept. */
  readonly kept: number;
  /** Adapted projections in all. */
  readonly of: number;
}

function maskOf(label: string, gates: Uint8Array): StructuredMask {
  return { label, gates, kept: gates.reduce((sum, gate) => sum + gate, 0), of: gates.length };
}

/** Elements of attention whose pairs are kept together (method.md 6.1 prunes q, k and v; the pairs are ours). */
const PROJECTION_PAIRS = [
  ['q', 'k'],
  ['q', 'v'],
  ['k', 'v'],
] as const;

/**
 * The fixed masks: all, none, even, odd, low, middle, high, one for every adapted projection, q+k, q+v and k+v where both are adapted, and
 * one for every adapted tower. Masks that would keep everything or nothing (a middle third of two layers, the only projection, the only
 * tower) and pairs with an unadapted member are omitted.
 */
export function structuredMasks(layout: AdapterLayout): StructuredMask[] {
  const thirds = thirdsOfPlayers(layout);
  const ofPlayers = (label: string, keep: (player: number) => boolean) =>
    maskOf(
      label,
      gatesOfPlayers(
        layout,
        layout.players.map((_, player) => Number(keep(player))),
      ),
    );
  const ofPairs = (label: string, keep: (pair: AdapterLayout['pairs'][number]) => boolean) =>
    maskOf(
      label,
      Uint8Array.from(layout.pairs, (pair) => Number(keep(pair))),
    );
  const adapted = new Set(layout.pairs.map(({ projection }) => projection));
  const parts = [
    ofPlayers('even', (player) => layout.players[player].layer % 2 === 0),
    ofPlayers('odd', (player) => layout.players[player].layer % 2 === 1),
    ...THIRDS.map((third) => ofPlayers(third, (player) => thirds[player] === third)),
    ...PROJECTIONS.map((projection) => ofPairs(projection, (pair) => pair.projection === projection)),
    ...PROJECTION_PAIRS.filter((both) => both.every((projection) => adapted.has(projection))).map((both) =>
      ofPairs(both.join('+'), ({ projection }) => both.some((kept) => kept === projection)),
    ),
    ...TOWERS.map((tower) => ofPairs(tower, (pair) => pair.tower === tower)),
  ];
  return [
    ofPlayers('all', () => true),
    ofPlayers('none', () => false),
    ...parts.filter((mask) => mask.kept > 0 && mask.kept < mask.of),
  ];
}

/** How many layers the ranked masks remove: a quarter, a half and three quarters of them, each at least 1. */
export function removalCounts(players: number): number[] {
  const counts = [0.25, 0.5, 0.75].map((share) => Math.round(share * players));
  return [...new Set(counts)].filter((count) => count > 0 && count < players);
}

/**
 * Removes the layers with the lowest scores; ties remove the lower layer first.
 * @param label e.g. 'shapley' or 'norm'; becomes 'shapley-6'
 * @param scores [players], Shapley values or norms
 */
export function lowestRemoved(
  layout: AdapterLayout,
  label: string,
  scores: ArrayLike<number>,
  removed: number,
): StructuredMask {
  const order = layout.players.map((_, player) => player).sort((a, b) => scores[a] - scores[b] || a - b);
  const gone = new Set(order.slice(0, removed));
  const keep = layout.players.map((_, player) => Number(!gone.has(player)));
  return maskOf(`${label}-${removed}`, gatesOfPlayers(layout, keep));
}

/**
 * Removes layers at random, `repeats` times with different seeded draws. All masks carry the same label: they are
 * repeats of one measurement, to be averaged.
 */
export function randomRemoved(layout: AdapterLayout, removed: number, repeats: number, seed: number): StructuredMask[] {
  return Array.from({ length: repeats }, (_, repeat) => {
    const rng = stream(seed, 'analysis', 1000 + repeat);
    return lowestRemoved(
      layout,
      'random',
      layout.players.map(() => rng.uniform()),
      removed,
    );
  });
}
