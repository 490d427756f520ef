/** Runs that are taken before their last step. */
import type { StudyResult } from '../../study/result/result.ts';

/** A run with its adapter of an earlier step. */
export type TakenRun = Pick<StudyResult['runs'][number], 'arm' | 'seed'> & { readonly takenAt: number };

export const takenRuns = ({ runs }: Pick<StudyResult, 'runs'>): TakenRun[] =>
  runs.flatMap(({ arm, seed, takenAt }) => (takenAt === undefined ? [] : [{ arm, seed, takenAt }]));
