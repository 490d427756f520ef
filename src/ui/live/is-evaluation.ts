import type { StudyResult } from '../../study/result/result.ts';

/** Whether adapters that were there were tested, and nothing was trained. */
export const isEvaluation = ({ runs }: Pick<StudyResult, 'runs'>): boolean =>
  runs.length > 0 && runs.every(({ steps, test }) => steps === 0 && test !== null);
