/**
 * Coalitions: which layers' adapters are on. As a bit mask, bit i is player i; as gates, entry i is player i.
 *
 * Trie order sorts coalitions by their gates, first player first, off before on. Neighbours then share the longest
 * prefixes, and an evaluator that walks them computes the layers below the first difference only once.
 */

/** Maximum number of players for enumerating all coalitions (2^16 evaluations of the whole test set). */
const MAX_EXACT_PLAYERS = 16;

/** The gates of a bit mask, [players]. */
export function gatesOfMask(mask: number, players: number): Uint8Array {
  return Uint8Array.from({ length: players }, (_, player) => (mask >> player) & 1);
}

/** The bit mask of gates, [players] with at most 31 players. */
export const maskOfGates = (gates: Uint8Array): number =>
  gates.reduce((mask, gate, player) => mask | (gate << player), 0);

const SIZES = new Map<number, Uint8Array>();

/** Number of players in every coalition, [2^players], by bit mask. */
export function coalitionSizes(players: number): Uint8Array {
  const known = SIZES.get(players);
  if (known) return known;
  const sizes = new Uint8Array(2 ** players);
  for (let mask = 1; mask < sizes.length; mask++) sizes[mask] = sizes[mask >> 1] + (mask & 1);
  SIZES.set(players, sizes);
  return sizes;
}

/** All 2^n bit masks in trie order. @throws RangeError when there are none, or more than MAX_EXACT_PLAYERS players. */
export function masksInTrieOrder(players: number): Uint32Array {
  if (!Number.isInteger(players) || players < 1 || players > MAX_EXACT_PLAYERS)
    throw new RangeError(
      `Enumerating all coalitions needs 1 to ${MAX_EXACT_PLAYERS} players, got ${players}: sample permutations instead.`,
    );
  let masks = [0];
  for (let player = 0; player < players; player++) masks = masks.flatMap((mask) => [mask, mask | (1 << player)]);
  return Uint32Array.from(masks);
}

/** Comparison for sorting gates into trie order. */
export function compareGates(a: Uint8Array, b: Uint8Array): number {
  const first = a.findIndex((gate, player) => gate !== b[player]);
  return first < 0 ? 0 : a[first] - b[first];
}

/** Block evaluations of all 2^n coalitions with shared prefixes: Σ_{l=1..n} 2^l = 2^(n+1) − 2, instead of n · 2^n. */
export function blockEvaluationsExact(players: number): number {
  return 2 ** (players + 1) - 2;
}
