/** What metrics, ways of merging and the frozen backbone are called in figures and tables. */
import type { Alignment, MergeMethod } from '../../copra/merging/method-ids.ts';
import { MERGE_METHODS } from '../../copra/merging/methods.ts';
import { frozenOf } from '../../study/result/frozen.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { percent } from '../format.ts';
import { RESULT_WORDS } from './messages.ts';

export type Metric = 'accuracy' | 'loss';

/** Named when they are shown: names are in the language of the page. */
export const METRICS = [
  {
    id: 'accuracy',
    get name(): string {
      return RESULT_WORDS.accuracy;
    },
  },
  {
    id: 'loss',
    get name(): string {
      return RESULT_WORDS.loss;
    },
  },
] as const;

/** Which direction of a metric is better. */
export const BETTER = { accuracy: 'up', loss: 'down' } as const satisfies Record<Metric, 'up' | 'down'>;

/** The same where values lie along a row. */
export const BETTER_LYING = { accuracy: 'right', loss: 'left' } as const satisfies Record<Metric, 'right' | 'left'>;

/** The average of the adapters' logits, shown beside merges. */
export const ensembleName = (): string => RESULT_WORDS.ensemble;

/** Name of a way of merging in figures and tables. */
export const mergeName = ({ method, alignment }: { method: MergeMethod; alignment: Alignment }): string =>
  (MERGE_METHODS.find(({ id }) => id === method)?.name ?? method) + RESULT_WORDS.aligned[alignment];

/** "Zero-shot 29.1 %" */
export function frozenText(task: StudyResult['task']): string {
  const frozen = frozenOf(task);
  return `${RESULT_WORDS.frozen[frozen?.name ?? 'zero-shot']} ${percent(frozen?.accuracy)}`;
}
