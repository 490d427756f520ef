/** Analyses of low-rank updates skip the runs of DoRA arms and report it. */
import { isLowRank } from '../../copra/adapter-kinds.ts';
import { leftOutReading } from '../readings/words.ts';
import type { StudyContext, TrainedRun } from '../run/context.ts';
import { ANALYSIS_NOTICES } from './words.ts';

/**
 * The runs with low-rank updates. One notice names the arms of the others.
 * @param analysis a key of the analyses that need low-rank updates
 */
export function withoutDora<R extends Pick<TrainedRun, 'arm' | 'layout'>>(
  { emit }: Pick<StudyContext, 'emit'>,
  runs: readonly R[],
  analysis: keyof typeof ANALYSIS_NOTICES.lowRank,
): R[] {
  const arms = new Map(runs.filter((run) => !isLowRank(run)).map(({ arm }) => [arm.id, arm.name]));
  const message = leftOutReading([...arms.values()], ANALYSIS_NOTICES.lowRank[analysis]);
  if (message) emit({ type: 'notice', message });
  return runs.filter(isLowRank);
}
