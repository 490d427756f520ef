/**
 * A plan says which coalitions to evaluate and how their values combine into Shapley values. Every estimator here is
 * linear, φ = W · v, so one weight table serves accuracy, loss and single images alike.
 */
import { stream } from '../../core/rng.ts';
import { compareGates, gatesOfMask, masksInTrieOrder } from './coalitions.ts';

export interface ShapleyPlan {
  readonly players: number;
  readonly estimator: 'exact' | 'permutation';
  /** The coalitions to evaluate, each [players], distinct, in trie order; the empty one first, the full one last. */
  readonly coalitions: readonly Uint8Array[];
  /** [players, coalitions]: φ = weights · v. */
  readonly weights: Float64Array;
  /**
   * Sampled orders as the rows of `coalitions` that they pass, [players + 1] each from empty to full, with the order in
   * which players join; consecutive pairs are antithetic. Empty for exact plans.
   */
  readonly orders: readonly SampledOrder[];
}

interface SampledOrder {
  /** [players]: who joins first, second, … */
  readonly joining: readonly number[];
  /** [players + 1]: indices into `coalitions`, from the empty to the full coalition. */
  readonly passed: Int32Array;
}

/**
 * All coalitions with their Shapley weights: player i earns |S|! (n − |S| − 1)! / n! · (v(S ∪ i) − v(S)) over all S.
 * @throws RangeError for more players than can be enumerated.
 */
export function exactPlan(players: number): ShapleyPlan {
  const coalitions = [...masksInTrieOrder(players)].map((mask) => gatesOfMask(mask, players));
  const count = coalitions.length;
  // share[s] = s! (n − s − 1)! / n!, the weight of joining a coalition of size s: 1/n, then times s / (n − s) each.
  const share = [1 / players];
  for (let size = 1; size < players; size++) share.push((share[size - 1] * size) / (players - size));
  const weights = new Float64Array(players * count);
  coalitions.forEach((gates, c) => {
    const size = gates.reduce((sum, gate) => sum + gate, 0);
    for (let player = 0; player < players; player++)
      weights[player * count + c] = gates[player] ? share[size - 1] : -share[size];
  });
  return { players, estimator: 'exact', coalitions, weights, orders: [] };
}

/**
 * Permutation sampling over given orders: φᵢ is the mean over orders of what i adds when it joins.
 * @param orders each a permutation of 0 … players − 1; consecutive pairs count as antithetic for the standard error
 */
export function planOfOrders(players: number, orders: readonly (readonly number[])[]): ShapleyPlan {
  const distinct = new Map<string, Uint8Array>();
  const prefixesOf = (order: readonly number[]): Uint8Array[] => {
    const gates = new Uint8Array(players);
    return [gates.slice(), ...order.map((player) => ((gates[player] = 1), gates.slice()))];
  };
  const prefixes = orders.map(prefixesOf);
  for (const gates of prefixes.flat()) distinct.set(gates.join(''), gates);
  const coalitions = [...distinct.values()].sort(compareGates);
  const indexOf = new Map(coalitions.map((gates, index) => [gates.join(''), index]));
  const count = coalitions.length;
  const weights = new Float64Array(players * count);
  const sampled = orders.map((joining, o): SampledOrder => {
    const passed = Int32Array.from(prefixes[o], (gates) => indexOf.get(gates.join('')) ?? 0);
    joining.forEach((player, position) => {
      weights[player * count + passed[position + 1]] += 1 / orders.length;
      weights[player * count + passed[position]] -= 1 / orders.length;
    });
    return { joining, passed };
  });
  return { players, estimator: 'permutation', coalitions, weights, orders: sampled };
}

/**
 * Antithetic permutation sampling: seeded random orders, each followed by its reverse.
 * @param permutations orders wanted, counting reverses; rounded up to full pairs, and to two pairs at least because one
 *   pair has no standard error
 */
export function permutationPlan(players: number, permutations: number, seed: number): ShapleyPlan {
  const rng = stream(seed, 'analysis', players);
  const pairs = Math.max(2, Math.ceil(permutations / 2));
  const orders = Array.from({ length: pairs }, () => {
    const order = rng.shuffle(Array.from({ length: players }, (_, player) => player));
    return [order, [...order].reverse()];
  });
  return planOfOrders(players, orders.flat());
}
