/** Merging: several adapters become one. */
export {
  ALIGNMENTS,
  MERGE_METHODS,
  mergeMethod,
  type Alignment,
  type MergeMethod,
} from '../../../src/copra/merging/methods.ts';
export { mergeAdapters, scaleUpdate, type MergeOptions } from '../../../src/copra/merge-adapters.ts';
export { alignAdapters, type AlignedAdapters, type ScaledAdapter } from '../../../src/copra/align.ts';
