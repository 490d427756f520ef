import { isOf } from '../../run/context.ts';
import { passes } from '../../run/work.ts';
import type { Analysis } from '../analysis.ts';
import { runPruning } from './run.ts';

/** Approximate number of masks per run. */
const MASKS = 20;

export const PRUNING: Analysis = {
  id: 'pruning',
  work: ({ analyses: { pruning } }, { runs, testImages }) =>
    passes(runs * testImages * (MASKS + pruning.sparsities.length * pruning.scopes.length)),
  async run(context, { runs, shapley, frozen }) {
    const unknown = runs.filter((run) => !context.known?.pruning.some((entry) => isOf(entry, run)));
    await runPruning(context, unknown, shapley, frozen);
  },
};
