/** Settings of the time of a training step. */
import { analysisSchema, switchedOn } from '../../config/settings/analysis-rows.ts';
import { number, onOff } from '../../config/settings/rows.ts';

export const TIMING_SETTINGS = {
  enabled: onOff({
    label: 'Time of a step',
    query: 'timing',
    usual: false,
  }),
  steps: number({
    label: 'Steps timed',
    query: 'timing-steps',
    min: 1,
    max: 200,
    whole: true,
    step: 1,
    usual: 12,
  }),
};

export const TimingSchema = analysisSchema(TIMING_SETTINGS);

export const USUAL_TIMING = switchedOn(TIMING_SETTINGS);

/** How often a step is done; the least of the times counts, because other work on the machine can only make it longer. */
export const REPEATS = 5;
/** Steps before those that are timed: the first fill caches and compile kernels. */
export const WARM_STEPS = 2;
