import { isOf } from '../../run/context.ts';
import { passes } from '../../run/work.ts';
import type { Analysis } from '../analysis.ts';
import { pruningEvaluations } from './masks.ts';
import { runPruning } from './run.ts';

export const PRUNING: Analysis = {
  id: 'pruning',
  work: ({ analyses: { pruning, shapley } }, { layout, runs, analysed, testImages }) =>
    passes(testImages * pruningEvaluations(layout, pruning, { runs, analysed: shapley.enabled ? analysed : 0 })),
  async run(context, { runs, shapley, frozen }) {
    const unknown = runs.filter((run) => !context.known?.pruning.some((entry) => isOf(entry, run)));
    await runPruning(context, unknown, shapley, frozen);
  },
};
