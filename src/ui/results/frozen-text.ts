import { frozenLabel, frozenOf } from '../../study/run/frozen.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { percent } from '../format.ts';

/** "Zero-shot 29.1 %" */
export const frozenText = (task: StudyResult['task']): string =>
  `${frozenLabel(task)} ${percent(frozenOf(task)?.accuracy)}`;
