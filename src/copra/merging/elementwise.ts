/**
 * Merging of flat tensors entry by entry: task arithmetic (Ilharco et al. 2023), TIES (Yadav et al. 2023), DARE (Yu et al. 2024) and
 * magnitude pruning. The caller decides whether the tensors are updates ΔW or factors. Interpolation of two runs is in landscape.ts; exact
 * sums of any number of updates are `stackAdapters`.
 */
import { weightedSum } from '../../core/flat.ts';
import type { Rng } from '../../core/rng.ts';
import { zeroSmallest } from '../pruning/magnitude.ts';

/** Σ wₖ tₖ. On updates: task arithmetic. On whole adapters: linear fusion of the factors. */
export const taskArithmetic = weightedSum;

function checkDensity(density: number): void {
  if (!(density >= 0 && density <= 1)) throw new RangeError(`Density must lie between 0 and 1, got ${density}.`);
}

function checkWeights(tensors: readonly Float32Array[], weights: ArrayLike<number>): void {
  if (tensors.length === 0 || tensors.length !== weights.length)
    throw new RangeError(`TIES needs one weight per tensor, got ${tensors.length} and ${weights.length}.`);
}

/**
 * Keeps the ⌊density · n⌋ largest entries in magnitude and sets the others to 0.
 * @throws RangeError when the density is not in [0, 1].
 */
export function magnitudePrune(tensor: Float32Array, density: number): Float32Array {
  checkDensity(density);
  return zeroSmallest(tensor, tensor.length - Math.floor(density * tensor.length));
}

/**
 * DARE: keeps every entry with probability `density` and divides kept entries by `density`, which preserves the expectation. One draw per
 * entry, in order.
 * @throws RangeError when the density is not in [0, 1].
 */
export function dropAndRescale(tensor: Float32Array, density: number, rng: Rng): Float32Array {
  checkDensity(density);
  return tensor.map((value) => (rng.uniform() < density ? value / density : 0));
}

/**
 * TIES of already trimmed tensors, as in PEFT: elect the sign of the sum of every entry (before the weights apply; a tie is positive), and average the
 * weighted entries with that sign: Σ wₖ mₖ tₖ / max(1, Σ mₖ), mₖ = sign agrees.
 */
export function electPeft(trimmed: readonly Float32Array[], weights: ArrayLike<number>): Float32Array {
  checkWeights(trimmed, weights);
  const votes = weightedSum(
    trimmed,
    trimmed.map(() => 1),
  );
  return votes.map((vote, i) => {
    const elected = vote >= 0 ? 1 : -1;
    let sum = 0;
    let agreeing = 0;
    trimmed.forEach((tensor, k) => {
      if (Math.sign(tensor[i]) !== elected) return;
      sum += weights[k] * tensor[i];
      agreeing++;
    });
    return sum / Math.max(1, agreeing);
  });
}

/**
 * TIES of already trimmed tensors, as in the paper (with equal weights; the weights are mergekit's): the sign of Σ wₖ tₖ is elected, and
 * the entries that have it are averaged, Σ wₖ mₖ tₖ / Σ |wₖ| mₖ. Unlike PEFT's form it does not depend on the size of the weights. A tie is
 * positive; where no entry agrees the result is 0.
 */
export function electAndAverage(trimmed: readonly Float32Array[], weights: ArrayLike<number>): Float32Array {
  checkWeights(trimmed, weights);
  return weightedSum(trimmed, weights).map((vote, i) => {
    const elected = vote >= 0 ? 1 : -1;
    let sum = 0;
    let weight = 0;
    trimmed.forEach((tensor, k) => {
      const value = weights[k] * tensor[i];
      if (Math.sign(value) !== elected) return;
      sum += value;
      weight += Math.abs(weights[k]);
    });
    return weight > 0 ? sum / weight : 0;
  });
}
