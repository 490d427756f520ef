import type { Method, MethodSettings } from './method.ts';

export const loraDropout = {
  id: 'lora-dropout',
  label: 'LoRA with dropout',
  description:
    'LoRA whose down-projection A sees inputs of which a random share is zeroed: the usual way to regularise an ' +
    'adapter. Every layer is trained in every step.',
  settings: ['inputDropout'],
  probability: () => 1,
  inputDropout: (_step: number, _totalSteps: number, settings: MethodSettings) => settings.inputDropout,
} as const satisfies Method;
