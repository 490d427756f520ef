/** Analyses of low-rank updates skip the runs of DoRA arms and report it. */
import { leftOutReading } from '../../copra/readings/left-out.ts';
import type { StudyContext, TrainedRun } from '../run/context.ts';

/** Whether an analysis that needs low-rank updates can use the run. */
export const isLowRank = ({ layout }: Pick<TrainedRun, 'layout'>): boolean => !layout.dora;

/**
 * The runs with low-rank updates. One notice names the arms of the others.
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
