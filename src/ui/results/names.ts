/** What metrics, ways of merging and the frozen backbone are called in figures and tables. */
import { MERGE_METHODS, type Alignment, type MergeMethod } from '../../copra/merging/methods.ts';
import { frozenLabel, frozenOf } from '../../study/run/frozen.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { percent } from '../format.ts';

export type Metric = 'accuracy' | 'loss';

export const METRICS = [
  { id: 'accuracy', name: 'Accuracy' },
  { id: 'loss', name: 'Loss' },
] as const;

/** Which direction of a metric is better. */
export const BETTER = { accuracy: 'up', loss: 'down' } as const satisfies Record<Metric, 'up' | 'down'>;

const ALIGNED: Readonly<Record<Alignment, string>> = { none: '', orthogonal: ', rotated', invertible: ', best P' };

/** The average of the adapters' logits, shown beside merges. */
export const ENSEMBLE = 'Ensemble of logits';

/** Name of a way of merging in figures and tables. */
export const mergeName = ({ method, alignment }: { method: MergeMethod; alignment: Alignment }): string =>
  (MERGE_METHODS.find(({ id }) => id === method)?.name ?? method) + ALIGNED[alignment];

/** "Zero-shot 29.1 %" */
export const frozenText = (task: StudyResult['task']): string =>
  `${frozenLabel(task)} ${percent(frozenOf(task)?.accuracy)}`;
