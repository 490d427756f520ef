/** Analyses of low-rank updates leave the runs of DoRA arms out, and say so. */
import { leftOutReading } from '../../copra/readings/left-out.ts';
import type { StudyContext, TrainedRun } from '../run/context.ts';

/** Whether an analysis that needs updates of low rank can take the run. */
export const isLowRank = ({ layout }: Pick<TrainedRun, 'layout'>): boolean => !layout.dora;

/**
 * The runs whose updates are of low rank. One notice names the arms of the others.
 * @param analysis in words: "… are left out of (analysis)"
 */
export function withoutDora<R extends Pick<TrainedRun, 'arm' | 'layout'>>(
  { emit }: Pick<StudyContext, 'emit'>,
  runs: readonly R[],
  analysis: string,
): R[] {
  const arms = new Map(runs.filter((run) => !isLowRank(run)).map(({ arm }) => [arm.id, arm.name]));
  const message = leftOutReading([...arms.values()], analysis);
  if (message) emit({ type: 'notice', message });
  return runs.filter(isLowRank);
}
