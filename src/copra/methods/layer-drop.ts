import { METHOD_WORDS } from './messages.ts';
import type { Method, MethodSettings } from './method.ts';

/** A control without a ramp: p = keepProbability in every step and layer. */
export const layerDrop = {
  id: 'layer-drop',
  label: 'Layer drop',
  get description() {
    return METHOD_WORDS.layerDrop;
  },
  settings: ['keepProbability', 'granularity', 'rescale'],
  probability: (_step: number, _totalSteps: number, settings: MethodSettings) => settings.keepProbability,
  inputDropout: () => 0,
} as const satisfies Method;
