/** Settings of the measures along training. */
import type * as v from 'valibot';
import { analysisSchema } from '../../config/settings/analysis-rows.ts';
import { number, onOff } from '../../config/settings/rows.ts';

export const TIMELINE_SETTINGS = {
  enabled: onOff({
    label: 'Along training',
    query: 'along-training',
    usual: false,
  }),
  steps: number({
    label: 'Steps tested',
    query: 'along-training-steps',
    min: 2,
    max: 32,
    whole: true,
    step: 1,
    usual: 8,
  }),
  points: number({
    label: 'Points of a path',
    query: 'along-training-points',
    min: 3,
    max: 21,
    whole: true,
    step: 2,
    usual: 3,
  }),
};

export const TimelineSchema = analysisSchema(TIMELINE_SETTINGS);
export type TimelineSettings = v.InferOutput<typeof TimelineSchema>;

/** Adapters of a run tested at a step: with everything on, and both halves. */
const PER_RUN = 3;

/**
 * How many adapters are tested.
 * @param steps kept of every run, the trained adapter included
 */
export const timelineEvaluations = (
  { points }: Pick<TimelineSettings, 'points'>,
  steps: number,
  { runs, pairs }: { readonly runs: number; readonly pairs: number },
): number => steps * (PER_RUN * runs + (points - 2) * pairs);
