import type { Method } from './method.ts';

export const lora = {
  id: 'lora',
  label: 'LoRA',
  description:
    'Low-rank adaptation, the baseline: the pretrained weights stay frozen, and every adapted matrix learns a small ' +
    'update B·A. All layers are trained in every step.',
  settings: [],
  probability: () => 1,
  inputDropout: () => 0,
} as const satisfies Method;
