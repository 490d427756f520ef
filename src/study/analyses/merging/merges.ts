/** The merges a study compares: every method, and the average of the factors also with the factors aligned. */
import { MERGE_METHODS, type Alignment, type MergeMethod } from '../../../copra/merging/methods.ts';

export interface Merge {
  readonly method: MergeMethod;
  readonly alignment: Alignment;
}

/**
 * On updates alignment has no effect. PEFT's roots of the weights make a sum of aligned factors K times their average, so its ways are shown
 * without.
 */
const alignmentsOf = (method: MergeMethod): readonly Alignment[] =>
  method === 'factors' ? ['none', 'orthogonal', 'invertible'] : ['none'];

export const MERGES: readonly Merge[] = MERGE_METHODS.flatMap(({ id }) =>
  alignmentsOf(id).map((alignment) => ({ method: id, alignment })),
);
