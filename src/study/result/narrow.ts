/** A result with some arms of its study. */
import { armsAt, type Sweep, type SweepValue } from '../config/sweep.ts';
import type { StudyResult } from './result.ts';

/** Narrows a result to these arms, a part of it or all of it. */
export type Narrow = (result: StudyResult, arms: ReadonlySet<string>) => StudyResult;

/** Narrows settings and runs, all that the training figures read. The first load contains no other parts of a result. */
export const runsOfArms: Narrow = (result, arms) => ({
  ...result,
  config: { ...result.config, arms: result.config.arms.filter(({ id }) => arms.has(id)) },
  runs: result.runs.filter(({ arm }) => arms.has(arm)),
});

/** A result at one value of the setting, for figures that compare arms at one value at a time. */
export const resultAt = (result: StudyResult, sweep: Sweep, value: SweepValue, narrow: Narrow): StudyResult =>
  narrow(result, armsAt(sweep, value));
