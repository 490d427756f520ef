/** What a study that runs has found so far, for others: where it is opened, nothing of it runs. */
import type { StudyResult } from './result.ts';

/** A study that runs counts as ended at this point; an ended one is the same object. */
export const asEnded = (result: StudyResult): StudyResult =>
  result.status === 'running' ? { ...result, status: 'stopped' } : result;
