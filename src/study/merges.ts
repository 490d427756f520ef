/** The merges a study compares: every method, and those that merge factors also with the factors aligned. */
import { MERGE_METHODS, type Alignment, type MergeMethod } from '../copra/merging/methods.ts';

export interface Merge {
  readonly method: MergeMethod;
  readonly alignment: Alignment;
}

/** On updates alignment has no effect. Of PEFT's ways one is enough to show what alignment does. */
const alignmentsOf = (method: MergeMethod): readonly Alignment[] => {
  if (method === 'factors') return ['none', 'orthogonal', 'invertible'];
  return method === 'peft-linear' ? ['none', 'orthogonal'] : ['none'];
};

export const MERGES: readonly Merge[] = MERGE_METHODS.flatMap(({ id }) =>
  alignmentsOf(id).map((alignment) => ({ method: id, alignment })),
);
