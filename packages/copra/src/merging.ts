/** Merging: several adapters become one. */
export { ALIGNMENTS, MERGE_METHODS, mergeMethod } from '../../../src/copra/merging/methods.ts';
export type { Alignment, MergeMethod } from '../../../src/copra/merging/method-ids.ts';
export { mergeAdapters, scaleUpdate, type MergeOptions } from '../../../src/copra/merge-adapters.ts';
export { alignAdapters, type AlignedAdapters, type ScaledAdapter } from '../../../src/copra/align.ts';
