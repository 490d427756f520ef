import type { StudyConfig } from '../config/config.ts';
import { defaultArm } from '../config/default-arm.ts';
import { usualOf } from '../config/settings/rows.ts';
import { TRAINING_SETTINGS } from '../config/settings/training.ts';
import type { Preset } from './preset.ts';

const config: StudyConfig = {
  version: 1,
  backbone: 'emoji-clip-2',
  task: 'groups9-negative',
  shots: null,
  arms: [defaultArm('lora', 'lora', 'LoRA'), defaultArm('copra', 'copra', 'CopRA')],
  seeds: [0, 1, 2, 3],
  training: { ...usualOf(TRAINING_SETTINGS), steps: 2000, validateEvery: 100 },
  analyses: {
    testImages: null,
    landscape: { enabled: true, points: 21, paths: ['factor', 'product'] },
    shapley: { enabled: true, images: 128, estimator: 'exact', permutations: 32, seedsPerArm: 4 },
    pruning: {
      enabled: true,
      sparsities: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99],
      scopes: ['factors', 'tensors', 'update'],
      randomMasks: 5,
    },
  },
};

export const full: Preset = {
  id: 'full',
  name: 'Full',
  description:
    'Four seeds each, 2,000 steps: what the saved result shows. About 20 minutes with two processor cores, because the effect needs steps and seeds to be clear.',
  config,
  saved: true,
};
