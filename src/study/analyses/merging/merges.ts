/** The merges a study compares: every method, and the average of the factors also with aligned factors. */
import type { Alignment, MergeMethod } from '../../../copra/merging/method-ids.ts';
import { MERGE_METHODS } from '../../../copra/merging/methods.ts';

export interface Merge {
  readonly method: MergeMethod;
  readonly alignment: Alignment;
}

/**
 * Alignment has no effect on updates. PEFT takes roots of the weights, so a sum of aligned factors is K times their average; its methods are shown without
 * alignment.
 */
const alignmentsOf = (method: MergeMethod): readonly Alignment[] =>
  method === 'factors' ? ['none', 'orthogonal', 'invertible'] : ['none'];

export const MERGES: readonly Merge[] = MERGE_METHODS.flatMap(({ id }) =>
  alignmentsOf(id).map((alignment) => ({ method: id, alignment })),
);
