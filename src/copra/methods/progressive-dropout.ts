import { rampShape, rampSteps } from '../schedule.ts';
import { DEFAULT_INITIAL_DROPOUT, type Method, type MethodSettings } from './method.ts';

export const progressiveDropout = {
  id: 'progressive-dropout',
  label: 'Progressive dropout',
  description:
    'CopRA’s progression applied to single inputs instead of layers: the share of the inputs of A that is zeroed falls ' +
    'from a high start to its final value over the first part of training. It separates what progression does from what ' +
    'dropping whole layers does. CoTo compares final shares of 0 and 0.25; the start of 0.9 is this project’s choice.',
  settings: ['schedule', 'rampFraction', 'initialDropout', 'inputDropout'],
  probability: () => 1,
  inputDropout: (step: number, totalSteps: number, settings: MethodSettings) => {
    const { schedule, rampFraction, inputDropout: final, initialDropout: initial = DEFAULT_INITIAL_DROPOUT } = settings;
    const x = step / rampSteps(rampFraction, totalSteps);
    return x >= 1 ? final : initial + (final - initial) * rampShape(schedule, x);
  },
} as const satisfies Method;
