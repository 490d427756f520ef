/** How long training steps of a run take on its own. */
import * as v from 'valibot';
import { count, labelText, measures } from '../../result/measured.ts';

export const TimingResultSchema = v.object({
  arm: labelText,
  seed: count,
  /** Which steps of the training were timed, counted from 1, rising. */
  steps: v.array(count),
  /** [steps]: seconds of such a step, its images at hand, with no other run beside it. */
  seconds: measures,
});
export type TimingResult = v.InferOutput<typeof TimingResultSchema>;
