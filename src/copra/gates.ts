/**
 * Which groups of LoRA pairs are active in a training step. A gate is 1 (active) or 0 (the frozen map alone).
 *
 * The law: every group g is active with its probability p_g, independently; if none is, one group chosen uniformly is switched on. CoTo's
 * README, with one p for all groups, instead redraws until a group is active, which never terminates at p = 0.
 * Both agree in the limit p → 0 (exactly one group); this form differs slightly in between:
 * P(active) = p + (1 − p)^G / G.
 */
import type { AdapterLayout } from '../core/adapter-layout.ts';
import type { Rng } from '../core/rng.ts';

/** The unit of gating: all pairs of a layer together, or every pair separately. */
export type Granularity = 'layer' | 'module';

/** Pairs of a layout whose gates are drawn together. */
export interface GateGroups {
  readonly count: number;
  /** For every pair of the layout, its group. */
  readonly groupOfPair: readonly number[];
  /** [groups]: l / L of the layer of a group, the l-th of the L adapted layers of its tower. */
  readonly depths: readonly number[];
}

/** [players]: l / L for the l-th of the L adapted layers of a tower. */
function playerDepths({ players }: AdapterLayout): number[] {
  const towers = players.map(({ tower }) => players.filter((other) => other.tower === tower));
  return players.map((player, i) => (towers[i].indexOf(player) + 1) / towers[i].length);
}

/** Groups the pairs of a layout at the given granularity. */
export function gateGroups(layout: AdapterLayout, granularity: Granularity): GateGroups {
  const depths = playerDepths(layout);
  return granularity === 'layer'
    ? { count: layout.players.length, groupOfPair: layout.playerOfPair, depths }
    : {
        count: layout.pairs.length,
        groupOfPair: layout.pairs.map((_, pair) => pair),
        depths: layout.playerOfPair.map((player) => depths[player]),
      };
}

/**
 * Draws one mask, [groups]: never empty; all on where every p is 1; exactly one on where every p is 0.
 * @param probabilities [groups]
 */
export function drawGates(probabilities: readonly number[], rng: Rng): Uint8Array {
  const gates = Uint8Array.from(probabilities, (p) => (rng.uniform() <= p && p > 0 ? 1 : 0));
  if (!gates.includes(1)) gates[rng.integer(gates.length)] = 1;
  return gates;
}

/** [groups]: P(group is active) under `drawGates`, p_g + Π_h (1 − p_h) / G. */
export function activationProbabilities(probabilities: readonly number[]): number[] {
  const rescue = probabilities.reduce((none, p) => none * (1 - p), 1) / probabilities.length;
  return probabilities.map((p) => p + rescue);
}

/** Layer gates for the activation tape: a layer counts as active if any of its pairs is. */
export function playerGates(layout: AdapterLayout, pairGates: ArrayLike<number>): Uint8Array {
  const gates = new Uint8Array(layout.players.length);
  layout.playerOfPair.forEach((player, pair) => {
    if (pairGates[pair]) gates[player] = 1;
  });
  return gates;
}
