import type { Method, MethodSettings } from './method.ts';

export const stochasticDepth = {
  id: 'stochastic-depth',
  label: 'Stochastic depth',
  description:
    'Layers of the adapter are dropped with a probability that grows with depth and stays the same from the first step ' +
    'to the last: of L layers, the l-th is active with probability 1 − (l/L)·(1 − p), p being that of the last (the ' +
    'linear rule of Huang et al., 2016, applied to adapters; how CoTo’s authors set theirs up is not published).',
  settings: ['keepProbability', 'granularity', 'rescale'],
  probability: (_step: number, _totalSteps: number, settings: MethodSettings, depth: number) =>
    1 - depth * (1 - settings.keepProbability),
  inputDropout: () => 0,
} as const satisfies Method;
