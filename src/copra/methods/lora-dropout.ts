import { METHOD_WORDS } from './messages.ts';
import type { Method, MethodSettings } from './method.ts';

export const loraDropout = {
  id: 'lora-dropout',
  label: 'LoRA with dropout',
  get description() {
    return METHOD_WORDS.loraDropout;
  },
  settings: ['inputDropout'],
  probability: () => 1,
  inputDropout: (_step: number, _totalSteps: number, settings: MethodSettings) => settings.inputDropout,
} as const satisfies Method;
