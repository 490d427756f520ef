/** Whether a figure without content may still get some: a study that runs, or has not begun. */
import { createContext } from 'react';
import type { StudyResult } from '../../study/result/result.ts';

/** Otherwise it says in a line that the result does not hold it, instead of keeping room for nothing. */
export const AwaitedContext = createContext(true);

export const NOT_HELD = 'This result does not hold it: its study ended before, or the link had no room for it.';

/** A result without a date is the frame of a study that has not begun. */
export const isAwaited = ({ status, provenance }: StudyResult): boolean =>
  status === 'running' || provenance.date === '';
