import { METHOD_WORDS } from './messages.ts';
import type { Method } from './method.ts';

export const lora = {
  id: 'lora',
  label: 'LoRA',
  get description() {
    return METHOD_WORDS.lora;
  },
  settings: [],
  probability: () => 1,
  inputDropout: () => 0,
} as const satisfies Method;
