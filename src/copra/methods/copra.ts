import { rampFractionAt, rampProbability } from '../schedule.ts';
import { METHOD_WORDS } from './messages.ts';
import type { Method, MethodSettings } from './method.ts';

/** p(k) of rampProbability, at rampFractionAt the depth of the layer: at a slope of 0, as in the papers, all layers have one p. */
export const copra = {
  id: 'copra',
  label: 'CopRA',
  get description() {
    return METHOD_WORDS.copra;
  },
  settings: ['schedule', 'p0', 'rampFraction', 'rampSlope', 'granularity', 'rescale'],
  // Asked for every layer of every step that a tape shows: the whole arm is not copied for it.
  probability: (
    step: number,
    totalSteps: number,
    { schedule, p0, rampFraction, rampSlope }: MethodSettings,
    depth: number,
  ) =>
    rampProbability(step, totalSteps, {
      schedule,
      p0,
      rampFraction: rampFractionAt(rampFraction, rampSlope ?? 0, depth),
    }),
  inputDropout: () => 0,
} as const satisfies Method;
