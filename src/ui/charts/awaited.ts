/** Whether an empty figure may still get content: the study runs or has not begun. */
import { createContext } from 'react';
import type { StudyResult } from '../../study/result/result.ts';

/** If false, the figure says in one line that the result lacks it, instead of reserving space. */
export const AwaitedContext = createContext(true);

export const NOT_HELD = 'This result does not hold it: its study ended before, or the link had no room for it.';

/** A result without a date is the placeholder of a study that has not begun. */
export const isAwaited = ({ status, provenance }: StudyResult): boolean =>
  status === 'running' || provenance.date === '';
