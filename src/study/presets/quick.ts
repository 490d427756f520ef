import type { StudyConfig } from '../config/config.ts';
import { usualOf } from '../config/settings/rows.ts';
import { TRAINING_SETTINGS } from '../config/settings/training.ts';
import { full } from './full.ts';
import type { Preset } from './preset.ts';

const config: StudyConfig = {
  ...full.config,
  seeds: [0, 1],
  training: usualOf(TRAINING_SETTINGS),
  analyses: {
    ...full.config.analyses,
    testImages: 400,
    shapley: { ...full.config.analyses.shapley, images: 64, seedsPerArm: 1 },
  },
};

export const quick: Preset = {
  id: 'quick',
  name: 'Quick',
  description: 'LoRA and CopRA, two seeds each, 600 steps, every analysis: about 3 minutes on two cores.',
  config,
};
