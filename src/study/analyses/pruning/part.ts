import { without } from '../../../core/without.ts';
import { perRun, runName } from '../../result/result-part.ts';
import type { PruningResult } from './result.ts';

export const PRUNING_PART = perRun<PruningResult>(
  'The pruning',
  (run) =>
    run.unstructured.map(({ sparsities, accuracy, loss }) => [
      `A pruning curve of ${runName(run)}`,
      sparsities.length,
      accuracy.length,
      loss.length,
    ]),
  (run) => ({
    ...run,
    structured: run.structured.map((mask) => without(mask, 'correct')),
    unstructured: run.unstructured.map((curve) => without(curve, 'correct')),
  }),
);
