/**
 * A plan says which coalitions to evaluate and how their values combine into Shapley values. Every estimator here is
 * linear, φ = W · v, so one weight table serves accuracy, loss and single images alike.
 */
import { standardError } from '../../core/statistics.ts';
import { compareGates, gatesOfMask, masksInTrieOrder } from './coalitions.ts';
import type { EstimatorId } from './estimator-ids.ts';

/** What an estimator evaluates, and how the values become Shapley values. */
export interface ShapleyPlan {
  readonly players: number;
  readonly estimator: EstimatorId;
  /** The coalitions to evaluate, each [players], distinct, in trie order; the empty one first, the full one last. */
  readonly coalitions: readonly Uint8Array[];
  /** [players, coalitions]: φ = weights · v. */
  readonly weights: Float64Array;
  /**
   * Standard error of φ over the choice of coalitions, [players], from the values of the plan's coalitions [coalitions];
   * all 0 for an exact plan.
   */
  readonly samplingError: (values: ArrayLike<number>) => Float64Array;
}

/** Distinct coalitions in trie order, and the index of each. */
export function indexCoalitions(all: Iterable<Uint8Array>): {
  coalitions: Uint8Array[];
  indexOf: (gates: Uint8Array) => number;
} {
  const distinct = new Map<string, Uint8Array>();
  for (const gates of all) distinct.set(gates.join(''), gates);
  const coalitions = [...distinct.values()].sort(compareGates);
  const places = new Map(coalitions.map((gates, index) => [gates.join(''), index]));
  return { coalitions, indexOf: (gates) => places.get(gates.join('')) ?? -1 };
}

/**
 * All coalitions with their Shapley weights: player i earns |S|! (n − |S| − 1)! / n! · (v(S ∪ i) − v(S)) over all S.
 * @throws RangeError for too many players to enumerate.
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
  return { players, estimator: 'exact', coalitions, weights, samplingError: () => new Float64Array(players) };
}

/** Marginal contribution of one player to one coalition: v(without ∪ player) − v(without). */
export interface Marginal {
  readonly player: number;
  /** [players] */
  readonly without: Uint8Array;
  /** [players]: the same, and the player. */
  readonly with: Uint8Array;
}

/**
 * φ as the mean of sampled marginals, with the efficiency correction φᵢ += (v(N) − v(∅) − Σφ)/n if the mean alone is not efficient.
 * @param parts independent samples, each with equally many marginals of every player; their spread is the standard error
 */
export function planOfMarginals(
  estimator: EstimatorId,
  players: number,
  parts: readonly (readonly Marginal[])[],
  correctEfficiency: boolean,
): ShapleyPlan {
  const marginals = parts.flat();
  const ends = [new Uint8Array(players), new Uint8Array(players).fill(1)];
  const all = [...ends, ...marginals.flatMap((marginal) => [marginal.without, marginal.with])];
  const { coalitions, indexOf } = indexCoalitions(all);
  const count = coalitions.length;
  const perPlayer = parts[0].length / players;
  const placed = parts.map((part) =>
    part.map((marginal) => [marginal.player, indexOf(marginal.with), indexOf(marginal.without)] as const),
  );
  const weights = new Float64Array(players * count);
  const share = 1 / (parts.length * perPlayer);
  for (const [player, on, off] of placed.flat()) {
    weights[player * count + on] += share;
    weights[player * count + off] -= share;
  }
  if (correctEfficiency)
    for (let c = 0; c < count; c++) {
      let missing = c === count - 1 ? 1 : c === 0 ? -1 : 0;
      for (let player = 0; player < players; player++) missing -= weights[player * count + c];
      for (let player = 0; player < players; player++) weights[player * count + c] += missing / players;
    }
  const samplingError = (values: ArrayLike<number>): Float64Array => {
    const partValues = placed.map((part) => {
      const phi = new Float64Array(players);
      for (const [player, on, off] of part) phi[player] += (values[on] - values[off]) / perPlayer;
      if (!correctEfficiency) return phi;
      const missing = values[count - 1] - values[0] - phi.reduce((sum, value) => sum + value, 0);
      return phi.map((value) => value + missing / players);
    });
    const errors = new Float64Array(players);
    return errors.map((_, player) => standardError(partValues.map((phi) => phi[player])));
  };
  return { players, estimator, coalitions, weights, samplingError };
}

/**
 * How many units (pairs, orders) fit a budget. Units share coalitions, so more may fit than the worst case says; up to twice as many are
 * tried, because a small game soon has all its coalitions and further units cost nothing.
 * @param distinct gives the number of distinct coalitions of a number of units
 */
export function unitsWithin(evaluations: number, worstCase: number, distinct: (units: number) => number): number {
  const least = Math.max(2, worstCase); // a single one has no standard error
  let units = least;
  while (units < 2 * least && distinct(units + 1) <= evaluations) units++;
  return units;
}
