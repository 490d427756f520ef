/**
 * Merging adapters of different tasks or seeds, as pure functions on flat tensors. Formulas: task arithmetic (Ilharco et
 * al. 2023), TIES (Yadav et al. 2023) in the form PEFT gives it, PEFT's add_weighted_adapter. Interpolation of two runs
 * is in landscape.ts; exact sums of any number of updates are `stackAdapters`.
 */
import { axpy, scaled, weightedSum } from '../core/flat.ts';
import { zeroSmallest } from './pruning/magnitude.ts';

/** Σ wₖ tₖ. On updates: task arithmetic. On whole adapters: linear fusion of the factors. */
export const taskArithmetic = weightedSum;

/**
 * Keeps the ⌊density · n⌋ largest entries in magnitude and sets the others to 0.
 * @throws RangeError when the density is not in [0, 1].
 */
export function magnitudePrune(tensor: Float32Array, density: number): Float32Array {
  if (!(density >= 0 && density <= 1)) throw new RangeError(`Density must lie between 0 and 1, got ${density}.`);
  return zeroSmallest(tensor, tensor.length - Math.floor(density * tensor.length));
}

/** How TIES elects the sign of an entry: of the sum of the values, or of the sum of their signs. */
export type SignElection = 'total' | 'frequency';

/**
 * TIES merging: trim every tensor, elect one sign per entry (before the weights apply; a tie is positive), and average
 * the weighted entries that have it: Σ wₖ mₖ tₖ / max(1, Σ mₖ), mₖ = sign agrees.
 */
export function ties(
  tensors: readonly Float32Array[],
  weights: ArrayLike<number>,
  density: number,
  election: SignElection,
): Float32Array {
  if (tensors.length === 0 || tensors.length !== weights.length)
    throw new RangeError(`TIES needs one weight per tensor, got ${tensors.length} and ${weights.length}.`);
  const trimmed = tensors.map((tensor) => magnitudePrune(tensor, density));
  const ballots = election === 'total' ? trimmed : trimmed.map((tensor) => tensor.map(Math.sign));
  const votes = weightedSum(
    ballots,
    ballots.map(() => 1),
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

/** The factors of one pair of one source adapter, with its weight and LoRA scale. */
export interface WeightedFactors {
  /** [rank, in] */
  readonly a: Float32Array;
  /** [out, rank] */
  readonly b: Float32Array;
  readonly weight: number;
  readonly scale: number;
}

export interface Factors {
  readonly a: Float32Array;
  readonly b: Float32Array;
}

/**
 * PEFT add_weighted_adapter "linear": A = Σ sgn(wₖsₖ) √|wₖsₖ| Aₖ, B = Σ √|wₖsₖ| Bₖ, to be used with scale 1. Its product
 * has the cross terms BᵢAⱼ: it is not the weighted sum of the updates.
 * @throws RangeError for no sources or sources of different rank.
 */
export function peftLinear(sources: readonly WeightedFactors[]): Factors {
  if (sources.length === 0) throw new RangeError('There is nothing to merge: give at least one adapter.');
  const a = new Float64Array(sources[0].a.length);
  const b = new Float64Array(sources[0].b.length);
  for (const source of sources) {
    const total = source.weight * source.scale;
    const root = Math.sqrt(Math.abs(total));
    axpy(a, Math.sign(total) * root, source.a);
    axpy(b, root, source.b);
  }
  return { a: Float32Array.from(a), b: Float32Array.from(b) };
}

/**
 * PEFT add_weighted_adapter "cat": the rows wₖ sₖ Aₖ one under the other, the columns Bₖ side by side; to be used with
 * scale 1. Exact; the rank is the sum of the ranks, which may differ.
 * @param inFeatures columns of every A
 */
export function peftCat(sources: readonly WeightedFactors[], inFeatures: number): Factors {
  const ranks = sources.map((source) => source.a.length / inFeatures);
  const rank = ranks.reduce((sum, r) => sum + r, 0);
  const outFeatures = sources.length > 0 ? sources[0].b.length / ranks[0] : 0;
  const a = new Float32Array(rank * inFeatures);
  const b = new Float32Array(outFeatures * rank);
  let first = 0;
  sources.forEach((source, k) => {
    a.set(scaled(source.a, source.weight * source.scale), first * inFeatures);
    for (let o = 0; o < outFeatures; o++) b.set(source.b.subarray(o * ranks[k], (o + 1) * ranks[k]), o * rank + first);
    first += ranks[k];
  });
  return { a, b };
}
