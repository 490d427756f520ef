/**
 * Which work variants share: a pure plan, no arithmetic.
 *
 * A variant's state at a layer is "frozen" or "this adapter with these pairs on". Variants with equal states up to a layer share all
 * activations up to it, so the distinct state sequences form a trie; a breadth-wise walk of that trie evaluates every node once. Exact
 * Shapley values over L layers so cost 2^(L+1) − 2 block evaluations per image instead of L·2^L.
 */
import type { AdapterLayout, TowerName } from '../../../core/adapter-layout.ts';
import type { Variant } from '../../engine.ts';

/** A node of the trie at one layer: which node above it continues, and what its block applies. */
export interface TrieNode {
  /** Index of its parent in the level above (0 = the embedding, for the first level). */
  readonly parent: number;
  /** A variant that passes through this node: supplies adapter and gates of the layer. */
  readonly variant: number;
}

/** The blocks of a tower that variants have in common, as a trie: what they share is computed once. */
export interface TowerPlan {
  /** [layers]: the distinct nodes of every level, ordered so that children of one parent are neighbours. */
  readonly levels: readonly (readonly TrieNode[])[];
  /** [variants]: index of the variant's leaf in the last level. */
  readonly leafOfVariant: Int32Array;
}

/** Index of each variant's adapter among the distinct adapters (by identity), and those adapters. */
export function distinctAdapters(variants: readonly Variant[]): {
  adapters: Float32Array[];
  slotOfVariant: Int32Array;
} {
  const slots = new Map<Float32Array, number>();
  const slotOfVariant = Int32Array.from(variants, ({ adapter }) => {
    const known = slots.get(adapter);
    if (known !== undefined) return known;
    slots.set(adapter, slots.size);
    return slots.size - 1;
  });
  return { adapters: [...slots.keys()], slotOfVariant };
}

/** State of a variant at a layer as a short key: '' = frozen. */
function layerState(variant: Variant, slot: number, pairsOfLayer: readonly number[]): string {
  let bits = '';
  let any = false;
  for (const pair of pairsOfLayer) {
    const open = variant.gates[pair] !== 0;
    any ||= open;
    bits += open ? 1 : 0;
  }
  return any ? `${slot}:${bits}` : '';
}

/** Plans one tower of `layers` layers for all variants. */
export function planTower(
  layout: AdapterLayout,
  tower: TowerName,
  layers: number,
  variants: readonly Variant[],
  slotOfVariant: Int32Array,
): TowerPlan {
  const pairsOfLayer: number[][] = Array.from({ length: layers }, () => []);
  layout.pairs.forEach((pair, index) => {
    if (pair.tower === tower) pairsOfLayer[pair.layer].push(index);
  });
  let nodeOfVariant = new Int32Array(variants.length);
  let order = Array.from({ length: variants.length }, (_, i) => i);
  const levels: TrieNode[][] = [];
  for (let layer = 0; layer < layers; layer++) {
    const states = variants.map((variant, i) => layerState(variant, slotOfVariant[i], pairsOfLayer[layer]));
    const nodes: TrieNode[] = [];
    const next = new Int32Array(variants.length);
    const byKey = new Map<string, number>();
    for (const variant of order) {
      const key = `${nodeOfVariant[variant]}|${states[variant]}`;
      let node = byKey.get(key);
      if (node === undefined) {
        node = nodes.length;
        byKey.set(key, node);
        nodes.push({ parent: nodeOfVariant[variant], variant });
      }
      next[variant] = node;
    }
    // Keep siblings together: sort nodes by parent (stable), so that a slice of a level descends from few parents.
    const rank = nodes.map((_, i) => i).sort((a, b) => nodes[a].parent - nodes[b].parent || a - b);
    const position = new Int32Array(nodes.length);
    rank.forEach((node, i) => (position[node] = i));
    levels.push(rank.map((node) => nodes[node]));
    nodeOfVariant = next.map((node) => position[node]);
    order = order.slice().sort((a, b) => nodeOfVariant[a] - nodeOfVariant[b] || a - b);
  }
  return { levels, leafOfVariant: nodeOfVariant };
}

/** Children of the nodes [from, to) of level `layer − 1`, as a range of level `layer`: contiguous because siblings are neighbours. */
export function childRange(level: readonly TrieNode[], from: number, to: number): [number, number] {
  let start = lowerBound(level, from);
  const end = lowerBound(level, to);
  if (start > end) start = end;
  return [start, end];
}

function lowerBound(level: readonly TrieNode[], parent: number): number {
  let low = 0;
  let high = level.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (level[middle].parent < parent) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Splits variants into ranges [from, to) that fit the device together.
 * @param textPairs pairs of the text tower, if it computes the features of the classes: variants of one adapter share those where their gates agree in it
 * @param most distinct adapters, and distinct states of the text tower, of a range
 */
export function residentRanges(
  variants: readonly Variant[],
  textPairs: readonly number[],
  most: { readonly adapters: number; readonly textStates: number },
): [number, number][] {
  const ranges: [number, number][] = [];
  let from = 0;
  /** Of every adapter of the range, its text states. */
  let seen = new Map<Float32Array, Set<string>>();
  let states = 0;
  variants.forEach(({ adapter, gates }, i) => {
    const state = textPairs.map((pair) => (gates[pair] ? 1 : 0)).join('');
    const isNew = seen.get(adapter)?.has(state) !== true;
    if ((!seen.has(adapter) && seen.size === most.adapters) || (isNew && states === most.textStates)) {
      ranges.push([from, i]);
      from = i;
      seen = new Map();
      states = 0;
    }
    const ofAdapter = seen.get(adapter) ?? new Set();
    seen.set(adapter, ofAdapter);
    if (!ofAdapter.has(state)) states++;
    ofAdapter.add(state);
  });
  if (from < variants.length) ranges.push([from, variants.length]);
  return ranges;
}
