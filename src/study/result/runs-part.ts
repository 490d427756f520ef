/** The runs of a study as a part of its result: curves, tape and test accuracy of each. */
import { without } from '../../core/without.ts';
import { perRun, runName } from './result-part.ts';
import type { RunResult } from './result.ts';

export const RUNS_PART = perRun<RunResult>(
  'The run',
  (run) => [[`The losses of ${runName(run)}`, run.lossSteps.length, run.losses.length]],
  (run) => ({ ...run, test: run.test && without(run.test, 'correct') }),
);
