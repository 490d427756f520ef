/**
 * The accuracy landscape between two runs: adapters along a path from the first (λ = 0) to the second (λ = 1).
 * (In ratios a : b of first to second, λ = b / (a + b).)
 */
import type { AdapterLayout } from '../core/adapter-layout.ts';
import { lerp } from '../core/flat.ts';
import { pairsOf } from '../core/pairs.ts';
import { midpointValue } from './midpoint.ts';
import { clearRetainedGain } from './retained-gain.ts';
import { stackAdapters, stackedLayout } from './stacking.ts';

/** Equally spaced λ from 0 to 1, both included. @throws RangeError for fewer than two points. */
export function lambdas(points: number): number[] {
  if (!Number.isInteger(points) || points < 2) throw new RangeError(`A path needs at least 2 points, got ${points}.`);
  return Array.from({ length: points }, (_, i) => i / (points - 1));
}

/** All unordered pairs of seeds, in the given order. */
export function seedPairs(seeds: readonly number[]): [number, number][] {
  return pairsOf(seeds);
}

/**
 * Factor path: A and B are interpolated separately, A(λ) = (1 − λ) A₁ + λ A₂ and B likewise, so ΔW(λ) has cross terms.
 * This is "linear fusion" and what federated averaging of factors does. Heads are part of the vector.
 */
export const factorPath = lerp;

/** The layout of adapters on the product path: the same projections at twice the rank. */
export function doubledLayout(layout: AdapterLayout): AdapterLayout {
  return stackedLayout(layout, 2);
}

/**
 * Product path: ΔW(λ) = (1 − λ) ΔW₁ + λ ΔW₂ exactly, as one adapter of `doubledLayout(layout)`. Evaluate it with the LoRA scale of the
 * sources. A head is interpolated linearly.
 */
export function productPath(
  layout: AdapterLayout,
  first: Float32Array,
  second: Float32Array,
  lambda: number,
): Float32Array {
  return stackAdapters(layout, [first, second], [1 - lambda, lambda]);
}

/**
 * Barrier (Entezari et al. 2022): the largest drop of the path below the chord between its ends, or for a loss the largest rise above it.
 * In the unit of the values; 0 when the path is nowhere worse than the chord.
 * @param values along `at`, which runs from 0 to 1
 * @throws RangeError when the lengths differ or there are fewer than two points.
 */
export function barrier(at: readonly number[], values: readonly number[], kind: 'accuracy' | 'loss'): number {
  if (at.length !== values.length || at.length < 2)
    throw new RangeError(`A barrier needs one value per point and two points, got ${at.length} and ${values.length}.`);
  const first = values[0];
  const last = values[values.length - 1];
  const sign = kind === 'accuracy' ? 1 : -1;
  return Math.max(0, ...at.map((lambda, i) => sign * ((1 - lambda) * first + lambda * last - values[i])));
}

/** What a path between two adapters is summed up by. */
export interface LandscapeMeasures {
  /** In accuracy (share of images). */
  readonly barrierAccuracy: number;
  /** In nats. */
  readonly barrierLoss: number;
  /** (midpoint − base) / (mean of the ends − base); null if fine-tuning gained too little for a meaningful share, or the base is not known. */
  readonly midpointRetainedGain: number | null;
}

/**
 * All reported measures of one path.
 * @param base accuracy without an adapter (zero-shot), null if unknown
 * @param images number of independent images behind the accuracies
 */
export function landscapeMeasures(
  at: readonly number[],
  accuracy: readonly number[],
  loss: readonly number[],
  base: number | null,
  images: number,
): LandscapeMeasures {
  const ends = (accuracy[0] + accuracy[accuracy.length - 1]) / 2;
  return {
    barrierAccuracy: barrier(at, accuracy, 'accuracy'),
    barrierLoss: barrier(at, loss, 'loss'),
    midpointRetainedGain: base === null ? null : clearRetainedGain(midpointValue(at, accuracy), base, ends, images),
  };
}
