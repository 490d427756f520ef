import { METHOD_WORDS } from './messages.ts';
import type { Method, MethodSettings } from './method.ts';

/** A control: p = 1 − depth · (1 − keepProbability) in every step, the linear rule of Huang et al. 2016 (arXiv 1603.09382). Nothing is scaled when it is tested. */
export const stochasticDepth = {
  id: 'stochastic-depth',
  label: 'Stochastic depth',
  get description() {
    return METHOD_WORDS.stochasticDepth;
  },
  settings: ['keepProbability', 'granularity', 'rescale'],
  probability: (_step: number, _totalSteps: number, settings: MethodSettings, depth: number) =>
    1 - depth * (1 - settings.keepProbability),
  inputDropout: () => 0,
} as const satisfies Method;
