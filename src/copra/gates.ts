/**
 * Which groups of LoRA pairs are active in a training step. A gate is 1 (active) or 0 (the frozen map alone).
 *
 * The law: every group is active with probability p, independently; if none is, one group chosen uniformly is switched
 * on. CoTo's README instead redraws until a group is active, which never ends at p = 0; both agree in the limit p → 0
 * (exactly one group) and this form differs slightly in between: P(active) = p + (1 − p)^G / G.
 */
import type { AdapterLayout } from '../core/adapter-layout.ts';
import type { Rng } from '../core/rng.ts';

/** What switches together: all pairs of a layer, or every pair on its own. */
export type Granularity = 'layer' | 'module';

export interface GateGroups {
  readonly count: number;
  /** For every pair of the layout, its group. */
  readonly groupOfPair: readonly number[];
}

/** The groups that a granularity makes of a layout. */
export function gateGroups(layout: AdapterLayout, granularity: Granularity): GateGroups {
  return granularity === 'layer'
    ? { count: layout.players.length, groupOfPair: layout.playerOfPair }
    : { count: layout.pairs.length, groupOfPair: layout.pairs.map((_, pair) => pair) };
}

/** Draws one mask, [groups]: never empty; all on at p = 1; exactly one on at p = 0. */
export function drawGates(probability: number, groups: number, rng: Rng): Uint8Array {
  const gates = new Uint8Array(groups);
  let active = 0;
  for (let group = 0; group < groups; group++) {
    if (rng.uniform() <= probability && probability > 0) {
      gates[group] = 1;
      active++;
    }
  }
  if (active === 0) gates[rng.integer(groups)] = 1;
  return gates;
}

/** P(a given group is active) under `drawGates`: p + (1 − p)^G / G. */
export function activationProbability(probability: number, groups: number): number {
  return probability + (1 - probability) ** groups / groups;
}

/** Layer gates for the activation tape: a layer counts as active if any of its pairs is. */
export function playerGates(layout: AdapterLayout, pairGates: ArrayLike<number>): Uint8Array {
  const gates = new Uint8Array(layout.players.length);
  layout.playerOfPair.forEach((player, pair) => {
    if (pairGates[pair]) gates[player] = 1;
  });
  return gates;
}
