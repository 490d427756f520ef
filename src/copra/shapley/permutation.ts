/** Permutation sampling: the marginal contribution of every player over random orders. */
import { stream } from '../../core/rng.ts';
import { planOfMarginals, unitsWithin, type Marginal, type ShapleyPlan } from './plan.ts';

function marginalsOfOrder(players: number, order: readonly number[]): Marginal[] {
  const gates = new Uint8Array(players);
  return order.map((player) => {
    const without = gates.slice();
    gates[player] = 1;
    return { player, without, with: gates.slice() };
  });
}

/**
 * Permutation sampling over given orders: φᵢ is the mean over orders of i's marginal contribution.
 * @param orders each a permutation of 0 … players − 1
 * @param together number of consecutive orders that count as one sample for the standard error: 2 for antithetic pairs
 */
export function planOfOrders(players: number, orders: readonly (readonly number[])[], together = 2): ShapleyPlan {
  const parts: Marginal[][] = [];
  for (let from = 0; from < orders.length; from += together)
    parts.push(orders.slice(from, from + together).flatMap((order) => marginalsOfOrder(players, order)));
  return planOfMarginals('permutation', players, parts, false);
}

function antitheticOrders(players: number, pairs: number, seed: number): number[][] {
  const rng = stream(seed, 'analysis', players);
  return Array.from({ length: pairs }, () => {
    const order = rng.shuffle(Array.from({ length: players }, (_, player) => player));
    return [order, [...order].reverse()];
  }).flat();
}

/**
 * Antithetic permutation sampling: seeded random orders, each followed by its reverse.
 * @param permutations orders wanted, counting reverses; rounded up to full pairs, and to two pairs at least because one
 *   pair has no standard error
 */
export function permutationPlan(players: number, permutations: number, seed: number): ShapleyPlan {
  return planOfOrders(players, antitheticOrders(players, Math.max(2, Math.ceil(permutations / 2)), seed));
}

/** Uses as many antithetic pairs of orders as `evaluations` distinct coalitions allow, at least two. */
export function permutationPlanWithin(players: number, evaluations: number, seed: number): ShapleyPlan {
  const worst = Math.floor((evaluations - 2) / (2 * Math.max(1, players - 1)));
  const pairs = unitsWithin(evaluations, worst, (units) => permutationPlan(players, 2 * units, seed).coalitions.length);
  return permutationPlan(players, 2 * pairs, seed);
}

/** Uses as many independent orders, without their reverses, as `evaluations` distinct coalitions allow, at least two. */
export function plainPermutationPlanWithin(players: number, evaluations: number, seed: number): ShapleyPlan {
  const rng = stream(seed, 'analysis', players);
  const drawn: number[][] = [];
  const planOf = (units: number): ShapleyPlan => {
    while (drawn.length < units) drawn.push(rng.shuffle(Array.from({ length: players }, (_, player) => player)));
    return planOfOrders(players, drawn.slice(0, units), 1);
  };
  const worst = Math.floor((evaluations - 2) / Math.max(1, players - 1));
  return planOf(unitsWithin(evaluations, worst, (units) => planOf(units).coalitions.length));
}
