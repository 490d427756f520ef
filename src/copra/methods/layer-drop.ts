import type { Method, MethodSettings } from './method.ts';

export const layerDrop = {
  id: 'layer-drop',
  label: 'Layer drop',
  description:
    'Random layer dropping without a ramp: each layer’s adapter is active with the same probability from the first ' +
    'step to the last. It separates what dropping does from what CopRA’s progression adds.',
  settings: ['keepProbability', 'granularity', 'rescale'],
  probability: (_step: number, _totalSteps: number, settings: MethodSettings) => settings.keepProbability,
  inputDropout: () => 0,
} as const satisfies Method;
