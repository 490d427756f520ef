import { METHOD_WORDS } from './messages.ts';
import type { Method, MethodSettings } from './method.ts';

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
