/** Weights of a merge. */

/** A smaller share of the weights is what rounding leaves of 0: 0.1 + 0.2 − 0.3 is not 0 in floating point. */
const ROUNDING = 1e-9;

/** Scales weights to a sum of 1; null where they add up to 0 or are no numbers. */
export function normalisedWeights(weights: readonly number[]): readonly number[] | null {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const size = weights.reduce((total, weight) => total + Math.abs(weight), 0);
  return Math.abs(sum) > ROUNDING * size && Number.isFinite(size) ? weights.map((weight) => weight / sum) : null;
}
