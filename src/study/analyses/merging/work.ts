/** The work of merging a group of adapters in every way. */
import type { AdapterLayout } from '../../../core/adapter-layout.ts';
import { mergeMethod } from '../../../copra/merging/methods.ts';
import { sum, type Work } from '../../run/work.ts';
import { mergeSeconds } from './merge-work.ts';
import { MERGES, type Merge } from './merges.ts';

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
