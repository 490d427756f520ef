/**
 * PEFT's add_weighted_adapter on the factors of one pair. Its other methods are elementwise.ts on A and B with the weights of `peftRoots`;
 * its "svd" is `bestOfRank` of low-rank.ts, which splits the same update differently between A and B.
 */
import { axpy, scaled } from '../../core/flat.ts';

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

/** PEFT's weights of A and B: √|weight · scale| on both, with the sign on A. */
export function peftRoots({ weight, scale }: Pick<WeightedFactors, 'weight' | 'scale'>): { a: number; b: number } {
  const total = weight * scale;
  const b = Math.sqrt(Math.abs(total));
  return { a: Math.sign(total) * b, b };
}

/**
 * PEFT add_weighted_adapter "linear": A = Σ sgn(wₖsₖ) √|wₖsₖ| Aₖ, B = Σ √|wₖsₖ| Bₖ, to be used with scale 1. The product has the cross
 * terms BᵢAⱼ: it is not the weighted sum of the updates.
 * @throws RangeError for no sources or sources of different rank.
 */
export function peftLinear(sources: readonly WeightedFactors[]): Factors {
  if (sources.length === 0) throw new RangeError('There is nothing to merge: give at least one adapter.');
  const a = new Float64Array(sources[0].a.length);
  const b = new Float64Array(sources[0].b.length);
  for (const source of sources) {
    const roots = peftRoots(source);
    axpy(a, roots.a, source.a);
    axpy(b, roots.b, source.b);
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
