/** Merges whole adapters into one with the formulas in merging/. */
import type { AdapterLayout, LoraPair } from '../core/adapter-layout.ts';
import { weightedSum } from '../core/flat.ts';
import { stream, type Rng } from '../core/rng.ts';
import { hasLowRankUpdates } from './adapter-kinds.ts';
import { alignAdapters, type AlignedAdapters, type ScaledAdapter } from './align.ts';
import { alignAdapterFactors } from './align-factors.ts';
import { compressedTies } from './merging/compress-then-merge.ts';
import { coreTies } from './merging/core-space.ts';
import { dropAndRescale, electAndAverage, electPeft, magnitudePrune, taskArithmetic } from './merging/elementwise.ts';
import { knotsTies } from './merging/knots.ts';
import { bestOfRank, factorsOf, writeFactors, type PairFactors } from './merging/low-rank.ts';
import type { Alignment, MergeMethod } from './merging/method-ids.ts';
import { mergeMethod } from './merging/methods.ts';
import { stockRatio } from './merging/model-stock.ts';
import { peftRoots } from './merging/peft.ts';
import { quotientMean } from './merging/quotient-mean.ts';
import { rankClusters } from './merging/rank-clusters.ts';
import { isotropic, singularVectors } from './merging/spectral.ts';
import { denseLayout } from './pruning/unstructured.ts';
import { headOf, layoutWithRank, pairProduct, writeUpdate } from './relayout.ts';
import { stackAdapters, stackedLayout } from './stacking.ts';

/** How adapters are merged. The papers of the methods are in docs/merging.md. */
export interface MergeOptions {
  readonly method: MergeMethod;
  /** One per adapter; averages use weights that sum to 1. */
  readonly weights: readonly number[];
  /** Share of entries kept, for methods that trim. */
  readonly density: number;
  /** Alignment of the factors before they are merged; no effect on methods that merge updates. */
  readonly alignment?: Alignment;
  /** λ on the merged update; the head is not scaled. */
  readonly scale?: number;
  /** svd and compressed-ties: rank of the result; default: rank of the sources. */
  readonly rank?: number;
  /** Seed of DARE's random masks. The mask of an adapter depends on its position in the list. */
  readonly seed?: number;
}

/** A result without its head. */
type Merged = ScaledAdapter;

type TensorMerge = (tensors: readonly Float32Array[], weights: readonly number[]) => Float32Array;

/** The merges that work entry by entry: on updates or on factors. */
function entrywise(rngs: readonly Rng[], density: number) {
  const kept = (tensors: readonly Float32Array[]) => tensors.map((tensor) => magnitudePrune(tensor, density));
  const dropped = (tensors: readonly Float32Array[]) =>
    tensors.map((tensor, k) => dropAndRescale(tensor, density, rngs[k]));
  return {
    magnitude: (tensors, weights) => taskArithmetic(kept(tensors), weights),
    ties: (tensors, weights) => electAndAverage(kept(tensors), weights),
    'dare-linear': (tensors, weights) => taskArithmetic(dropped(tensors), weights),
    'dare-ties': (tensors, weights) => electAndAverage(dropped(tensors), weights),
    'peft-linear': taskArithmetic,
    'peft-magnitude': (tensors, weights) => taskArithmetic(kept(tensors), weights),
    'peft-ties': (tensors, weights) => electPeft(kept(tensors), weights),
    'peft-dare-linear': (tensors, weights) => taskArithmetic(dropped(tensors), weights),
    'peft-dare-ties': (tensors, weights) => electPeft(dropped(tensors), weights),
  } satisfies Record<string, TensorMerge>;
}

/** Entry by entry on every ΔW; the result is dense. */
function mergeUpdates(
  { layout, scale, values }: AlignedAdapters,
  weights: readonly number[],
  merge: TensorMerge,
): Merged {
  const dense = denseLayout(layout);
  const merged = new Float32Array(dense.size);
  layout.pairs.forEach((pair, i) => {
    const updates = values.map((adapter) => pairProduct(layout, adapter, pair));
    writeUpdate(dense, merged, dense.pairs[i], merge(updates, weights));
  });
  return { layout: dense, scale, values: merged };
}

/** Entry by entry on every A and every B with PEFT's weights, which hold the scale. */
function mergePeft({ layout, scale, values }: AlignedAdapters, weights: readonly number[], merge: TensorMerge): Merged {
  const merged = new Float32Array(layout.size);
  const roots = weights.map((weight) => peftRoots({ weight, scale }));
  const { rank } = layout;
  for (const { aOffset, bOffset, inFeatures, outFeatures } of layout.pairs) {
    const part = (at: number, length: number) => values.map((adapter) => adapter.subarray(at, at + length));
    const a = merge(
      part(aOffset, rank * inFeatures),
      roots.map((root) => root.a),
    );
    const b = merge(
      part(bOffset, rank * outFeatures),
      roots.map((root) => root.b),
    );
    merged.set(a, aOffset);
    merged.set(b, bOffset);
  }
  return { layout, scale: 1, values: merged };
}

/** Pair by pair on the factors in float64; the result has the highest rank that a pair needs. */
function mergePairs(
  { layout, scale, values }: AlignedAdapters,
  merge: (sources: readonly PairFactors[]) => PairFactors,
): Merged {
  const merged = layout.pairs.map((pair) => merge(values.map((adapter) => factorsOf(layout, adapter, pair))));
  const target = layoutWithRank(layout, Math.max(1, ...merged.map(({ a }) => a.rows)));
  const result = new Float32Array(target.size);
  target.pairs.forEach((pair, i) => writeFactors(target, result, pair, merged[i]));
  return { layout: target, scale, values: result };
}

/** Σ wₖ tᵢ ΔWₖ with a separate factor t for every pair. */
function mergeStock(sources: AlignedAdapters, weights: readonly number[]): Merged {
  const { layout, scale, values } = sources;
  const target = stackedLayout(layout, values.length);
  const stacked = stackAdapters(layout, values, weights);
  layout.pairs.forEach((pair, i) => {
    const ratio = stockRatio(values.map((adapter) => factorsOf(layout, adapter, pair)));
    scaleB(target, stacked, target.pairs[i], ratio);
  });
  return { layout: target, scale, values: stacked };
}

function scaleB({ rank }: AdapterLayout, adapter: Float32Array, pair: LoraPair, factor: number): void {
  const end = pair.bOffset + pair.outFeatures * rank;
  for (let i = pair.bOffset; i < end; i++) adapter[i] *= factor;
}

function mergeFactorsOrUpdates(sources: AlignedAdapters, options: MergeOptions): Merged {
  const { method, weights, density, alignment = 'none', rank, seed = 0 } = options;
  const { layout, scale, values } = sources;
  const byEntry = entrywise(
    values.map((_, k) => stream(seed, 'merge', k)),
    density,
  );
  switch (method) {
    case 'factors':
      return { layout, scale, values: weightedSum(alignAdapterFactors(layout, values, alignment), weights) };
    case 'updates':
    case 'task-arithmetic':
      return { layout: stackedLayout(layout, values.length), scale, values: stackAdapters(layout, values, weights) };
    case 'svd':
      return mergePairs(sources, (pairs) => bestOfRank(pairs, weights, rank ?? layout.rank));
    case 'quotient-mean':
      return mergePairs(sources, (pairs) => quotientMean(pairs, weights));
    case 'lora-lego':
      return mergePairs({ layout, scale, values: alignAdapterFactors(layout, values, alignment) }, (pairs) =>
        rankClusters(pairs, weights),
      );
    case 'core-ties':
      return mergePairs({ layout, scale, values: alignAdapterFactors(layout, values, alignment) }, (pairs) =>
        coreTies(pairs, weights, density),
      );
    case 'compressed-ties':
      return mergePairs(sources, (pairs) => compressedTies(pairs, weights, density, rank ?? layout.rank));
    case 'knots-ties':
      return mergePairs(sources, (pairs) => knotsTies(pairs, weights, density));
    case 'iso-c':
      return mergePairs(sources, (pairs) => isotropic(pairs, weights));
    case 'tsv-m':
      return mergePairs(sources, (pairs) => singularVectors(pairs, weights));
    case 'model-stock':
      return mergeStock(sources, weights);
    case 'magnitude':
    case 'ties':
    case 'dare-linear':
    case 'dare-ties':
      return mergeUpdates(sources, weights, byEntry[method]);
    default:
      return mergePeft(
        { layout, scale, values: alignAdapterFactors(layout, values, alignment) },
        weights,
        byEntry[method],
      );
  }
}

/** The update times λ: B is scaled, the head is not. @throws RangeError for λ ≠ 1 with DoRA, whose update is not linear in B */
export function scaleUpdate({ layout, scale, values }: ScaledAdapter, factor: number): ScaledAdapter {
  if (factor === 1) return { layout, scale, values };
  if (!hasLowRankUpdates(layout)) throw new RangeError('The update of a DoRA adapter cannot be scaled.');
  const result = values.slice();
  for (const pair of layout.pairs) scaleB(layout, result, pair, factor);
  return { layout, scale, values: result };
}

/**
 * Adapters of other layouts or scales are aligned first (align.ts). Classifiers are averaged with the weights.
 * @throws RangeError when weights are missing, a density or rank is out of range, or classifiers differ in size; also for DoRA adapters
 *   with any method other than averaging factors and magnitudes.
 */
export function mergeAdapters(adapters: readonly ScaledAdapter[], options: MergeOptions): ScaledAdapter {
  const { weights, scale = 1 } = options;
  if (adapters.length !== weights.length)
    throw new RangeError(`Merging needs one weight per adapter, got ${adapters.length} and ${weights.length}.`);
  const sources = alignAdapters(adapters);
  if (!hasLowRankUpdates(sources.layout) && options.method !== 'factors')
    throw new RangeError(
      `“${mergeMethod(options.method).name}” merges updates of low rank, which those of DoRA adapters are not. “${mergeMethod('factors').name}” averages their factors and magnitudes.`,
    );
  const merged = mergeFactorsOrUpdates(sources, options);
  const { layout } = merged;
  if (layout.head) {
    const heads = sources.values.map((adapter) => headOf(sources.layout, adapter));
    merged.values.set(weightedSum(heads, weights), layout.head.weightOffset);
  }
  return scaleUpdate(merged, scale);
}
