import { without } from '../../../core/without.ts';
import { perRun, runName, type ResultPart } from '../../result/result-part.ts';
import { RESULT_CHECKS } from '../../result/words.ts';
import { bitsAt } from '../../predictions/right.ts';
import type { PruningResult } from './result.ts';

const PER_RUN = perRun<PruningResult>(
  'pruning',
  (run) =>
    run.unstructured.map(({ sparsities, accuracy, loss }) => [
      'pruning.unstructured',
      runName(run),
      sparsities.length,
      accuracy.length,
      loss.length,
    ]),
  (run) => ({
    ...run,
    structured: run.structured.map((mask) => without(without(mask, 'correct'), 'keptCorrect')),
    unstructured: run.unstructured.map((curve) => without(curve, 'correct')),
  }),
  (run, { places, tested }) => ({
    ...run,
    structured: run.structured.map((mask) => {
      const { correct, ...bare } = mask;
      return correct === undefined ? mask : { ...bare, keptCorrect: bitsAt(correct, tested, places) };
    }),
    unstructured: run.unstructured.map((curve) => without(curve, 'correct')),
  }),
);

export const PRUNING_PART: ResultPart<PruningResult[]> = {
  ...PER_RUN,
  contradiction(runs) {
    const wrong = runs.find(({ structured }) => structured.some(({ kept, of }) => kept > of));
    return wrong ? RESULT_CHECKS.keepsMore(runName(wrong)) : null;
  },
};
