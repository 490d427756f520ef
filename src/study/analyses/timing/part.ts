import { perRun, runName } from '../../result/result-part.ts';
import type { TimingResult } from './result.ts';

export const TIMING_PART = perRun<TimingResult>(
  'timing',
  (run) => [['timing', runName(run), run.steps.length, run.seconds.length]],
  (run) => run,
);
