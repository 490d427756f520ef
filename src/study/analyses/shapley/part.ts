import { without } from '../../../core/without.ts';
import { perRun, runName } from '../../result/result-part.ts';
import type { ShapleyResult } from './result.ts';

export const SHAPLEY_PART = perRun<ShapleyResult>(
  'The Shapley analysis',
  (run) => {
    const { coalitionError, evolution = [] } = run;
    const lists = [run, ...evolution].flatMap((at) => [
      at.accuracy.length,
      at.accuracyError.length,
      at.loss.length,
      at.lossError.length,
    ]);
    const errors = coalitionError ? [coalitionError.accuracy.length, coalitionError.loss.length] : [];
    return [[`The list of Shapley values of ${runName(run)}`, run.players.length, ...lists, ...errors]];
  },
  (run) => without(run, 'topThirdInfluence'),
);
