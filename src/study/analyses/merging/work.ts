/** The work of merging a group of adapters in every way. */
import { mergeMethod } from '../../../copra/merging/methods.ts';
import { sum, type Work } from '../../run/work.ts';
import { MERGES, type Merge } from './merges.ts';
import type { AdapterLayout } from '../../../core/adapter-layout.ts';

export interface MergeSizes {
  /** Number of λ tried. */
  readonly scales: number;
  readonly layout: AdapterLayout;
  /** Number of adapters merged into one. */
  readonly runs: number;
  readonly testImages: number;
  readonly validationImages: number;
}

/** One way of merging: λ is chosen on validation images, and task arithmetic is tested at every λ. */
export function mergeWork(merge: Merge, { scales, layout, runs, testImages, validationImages }: MergeSizes): Work {
  const chosen = mergeMethod(merge.method).scaled ? scales * validationImages : 0;
  const swept = merge.method === 'task-arithmetic' ? scales * testImages : 0;
  return { passes: chosen + testImages + swept, algebra: mergeSeconds(merge, layout, runs) };
}

/** All ways of merging a group. */
export const mergesWork = (sizes: MergeSizes): Work => sum(MERGES.map((merge) => mergeWork(merge, sizes)));

/**
 * Fitted to `mergeAdapters` on layouts of width 64 and 192, ranks 4 and 16, two and five runs. Decompositions cost in proportion to runs × rank of every pair,
 * those of many rounds to its third power as well, dense methods to runs × entries of its ΔW, and methods on the factors to runs × entries of A and B. Accurate within a factor of two or three; the clock
 * corrects the level by measurement.
 */
const PER_RANK = 1e-4;
const PER_RANK_CUBED = 5e-6;
const PER_UPDATE_ENTRY = 4e-8;
const PER_FACTOR_ENTRY = 1e-7;

/** Parts of each kind; methods that only stack factors cost next to nothing. */
const PARTS: Partial<Record<Merge['method'], { rank?: number; cube?: number; update?: number; factor?: number }>> = {
  svd: { rank: 2 },
  'quotient-mean': { rank: 40 },
  'lora-lego': { rank: 2 },
  'knots-ties': { rank: 2 },
  'core-ties': { rank: 2 },
  'compressed-ties': { rank: 10, cube: 1 },
  'iso-c': { rank: 2 },
  'tsv-m': { rank: 1 },
  'model-stock': { rank: 0.4 },
  magnitude: { update: 1 },
  ties: { update: 1 },
  'dare-linear': { update: 1 },
  'dare-ties': { update: 1.5 },
  'peft-ties': { factor: 2 },
  'peft-magnitude': { factor: 2 },
  'peft-dare-linear': { factor: 0.5 },
  'peft-dare-ties': { factor: 0.5 },
};

/** Parts in runs × rank. */
const ALIGNING = { none: 0, orthogonal: 1, invertible: 6 };

/** @param runs number of runs merged into one */
export function mergeSeconds({ method, alignment }: Merge, { rank, pairs }: AdapterLayout, runs: number): number {
  const { rank: decompositions = 0, cube = 0, update = 0, factor = 0 } = PARTS[method] ?? {};
  const size = runs * rank;
  const perPair = size * (decompositions + ALIGNING[alignment]) * PER_RANK + cube * size ** 3 * PER_RANK_CUBED;
  const entries = pairs.reduce(
    (sum, { inFeatures, outFeatures }) =>
      sum +
      update * PER_UPDATE_ENTRY * inFeatures * outFeatures +
      factor * PER_FACTOR_ENTRY * rank * (inFeatures + outFeatures),
    0,
  );
  return pairs.length * perPair + runs * entries;
}
