import { perRun, runName } from '../../result/result-part.ts';
import type { TimingResult } from './result.ts';

export const TIMING_PART = perRun<TimingResult>(
  'The time of a step',
  (run) => [[`The times of steps of ${runName(run)}`, run.steps.length, run.seconds.length]],
  (run) => run,
);
