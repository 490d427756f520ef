import { perRun, runName } from '../../result/result-part.ts';
import { RESULT_CHECKS } from '../../result/words.ts';
import type { TimingResult } from './result.ts';

export const TIMING_PART = perRun<TimingResult>(
  'timing',
  (run) => [[RESULT_CHECKS.field('timing', runName(run)), run.steps.length, run.seconds.length]],
  (run) => run,
);
