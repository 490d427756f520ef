/**
 * Owen's multilinear form, φᵢ = ∫₀¹ E[v(S ∪ i) − v(S ∖ i)] dq with S ~ Bernoulli(q) (Owen 1972; sampled as in Okhrati & Lipani 2021): the
 * papers' argument uses this form. Every drawn S gives one marginal per player from n + 1 evaluations.
 */
import { stream } from '../../core/rng.ts';
import { planOfMarginals, unitsWithin, type Marginal, type ShapleyPlan } from './plan.ts';

function flips(gates: Uint8Array): Marginal[] {
  return Array.from(gates, (_, player) => {
    const without = gates.slice();
    const joined = gates.slice();
    without[player] = 0;
    joined[player] = 1;
    return { player, without, with: joined };
  });
}

/** Pairs of S at q and its complement at 1 − q; q is stratified over (0, ½), one jittered node per pair. */
function owenPairs(players: number, pairs: number, seed: number): ShapleyPlan {
  const rng = stream(seed, 'analysis', players);
  const parts = Array.from({ length: pairs }, (_, node) => {
    const q = (node + rng.uniform()) / (2 * pairs);
    const gates = Uint8Array.from({ length: players }, () => Number(rng.uniform() < q));
    return [...flips(gates), ...flips(gates.map((gate) => 1 - gate))];
  });
  return planOfMarginals('owen', players, parts, true);
}

/**
 * Uses as many pairs as `evaluations` distinct coalitions allow, at least two because one pair has no standard error. The standard error
 * treats the strata as one population and is therefore a little too large.
 */
export function owenPlan(players: number, evaluations: number, seed: number): ShapleyPlan {
  const worst = Math.floor((evaluations - 2) / (2 * (players + 1)));
  const pairs = unitsWithin(evaluations, worst, (units) => owenPairs(players, units, seed).coalitions.length);
  return owenPairs(players, pairs, seed);
}
