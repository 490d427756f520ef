import { perRun, runName } from '../../result/result-part.ts';
import type { SharpnessResult } from './result.ts';

export const SHARPNESS_PART = perRun<SharpnessResult>(
  'The sharpness',
  (run) => {
    const lists = [run.test, ...(run.train ? [run.train] : [])].flatMap(({ accuracy, loss }) => [
      accuracy.length,
      loss.length,
    ]);
    return [[`The list of scores of perturbed adapters of ${runName(run)}`, run.radii.length, ...lists]];
  },
  (run) => run,
);
