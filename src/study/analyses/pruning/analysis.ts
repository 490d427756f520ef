import { passes } from '../../run/work.ts';
import type { Analysis } from '../analysis.ts';
import { pruningEvaluations } from './masks.ts';
import { runPruning } from './run.ts';
import { isOf } from '../../result/run-names.ts';

export const PRUNING: Analysis = {
  id: 'pruning',
  takes: ['shapley'],
  work({ analyses: { pruning, shapley } }, { layout, runs, analysed, testImages }) {
    const all = pruningEvaluations(layout, pruning, { runs, analysed: shapley.enabled ? analysed : 0 });
    // The whole adapter was tested: as a mask that keeps everything, and as factors of which nothing is pruned.
    const whole =
      1 + (pruning.sparsities.includes(0) ? pruning.scopes.filter((scope) => scope !== 'update').length : 0);
    return passes(testImages * (all - runs * whole));
  },
  async run(context, { runs, frozen }) {
    const unknown = runs.filter((run) => !context.known?.pruning.some((entry) => isOf(entry, run)));
    await runPruning(context, unknown, frozen);
  },
};
