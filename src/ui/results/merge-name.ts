import { MERGE_METHODS, type Alignment, type MergeMethod } from '../../copra/merging/methods.ts';

const ALIGNED: Readonly<Record<Alignment, string>> = { none: '', orthogonal: ', rotated', invertible: ', best P' };

/** The average of the adapters' logits, shown beside merges. */
export const ENSEMBLE = 'Ensemble of logits';

/** Name of a way of merging in figures and tables. */
export const mergeName = ({ method, alignment }: { method: MergeMethod; alignment: Alignment }): string =>
  (MERGE_METHODS.find(({ id }) => id === method)?.name ?? method) + ALIGNED[alignment];
