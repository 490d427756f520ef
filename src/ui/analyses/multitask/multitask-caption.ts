/** The sentence under the multi-task figure. */
import { multitaskReading } from '../../../copra/readings/multitask.ts';
import { mean } from '../../../core/statistics.ts';
import { tasksSample } from '../../../study/result/measures/tasks.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { withoutDora } from '../../results/left-out.ts';
import { MULTITASK_WORDS } from './messages.ts';

export function multitaskCaption(result: StudyResult): string {
  const { multitask, config } = result;
  const sample = tasksSample(result);
  if (!multitask || !sample || multitask.runs.length === 0) return '';
  const { tasks, zeroShot, runs } = multitask;
  const accuracyOf = (run: (typeof runs)[number], method: string, candidates: 'own' | 'joint'): number | null => {
    const merge = run.merges.find((entry) => entry.method === method && entry.alignment === 'none');
    return merge ? mean(merge[candidates]) : null;
  };
  const reading = multitaskReading(
    config.arms.map(({ id, name }) => ({
      name,
      seeds: runs
        .filter(({ arm }) => arm === id)
        .map((run) => ({
          single: mean(run.single.own),
          ensemble: mean(run.ensemble.own),
          average: accuracyOf(run, 'updates', 'own'),
          arithmetic: accuracyOf(run, 'task-arithmetic', 'own'),
          averageJoint: accuracyOf(run, 'updates', 'joint'),
        })),
    })),
    tasks.length,
    mean(zeroShot.own),
    sample,
  );
  return `${reading} ${withoutDora({ config }, MULTITASK_WORDS.merging)}`.trim();
}
