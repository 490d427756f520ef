import { rampShape, rampSteps } from '../schedule.ts';
import { METHOD_WORDS } from './messages.ts';
import { DEFAULT_INITIAL_DROPOUT, type Method, type MethodSettings } from './method.ts';

/** A control that drops inputs of A as CopRA drops layers: at step k at the rate d₀ + (d − d₀) · f(k / E), with d₀ = initialDropout, d = inputDropout, and f and E of schedule.ts. */
export const progressiveDropout = {
  id: 'progressive-dropout',
  label: 'Progressive dropout',
  get description() {
    return METHOD_WORDS.progressiveDropout;
  },
  settings: ['schedule', 'rampFraction', 'initialDropout', 'inputDropout'],
  probability: () => 1,
  inputDropout: (step: number, totalSteps: number, settings: MethodSettings) => {
    const { schedule, rampFraction, inputDropout: final, initialDropout: initial = DEFAULT_INITIAL_DROPOUT } = settings;
    const x = step / rampSteps(rampFraction, totalSteps);
    return x >= 1 ? final : initial + (final - initial) * rampShape(schedule, x);
  },
} as const satisfies Method;
