import { frozenOf } from '../../study/frozen.ts';
import type { StudyResult } from '../../study/result.ts';
import { percent } from '../format.ts';

/** "Zero-shot 29.1 %" */
export function frozenText(task: StudyResult['task']): string {
  const frozen = frozenOf(task);
  return `${frozen?.name === 'head only' ? 'Head only' : 'Zero-shot'} ${percent(frozen?.accuracy)}`;
}
