import type { StudyConfig } from '../config/config.ts';
import type { Preset } from './preset.ts';
import { quick } from './quick.ts';

const { analyses } = quick.config;

const config: StudyConfig = {
  ...quick.config,
  seeds: [0, 1, 2, 3],
  training: { ...quick.config.training, steps: 2000, validateEvery: 100 },
  analyses: {
    ...analyses,
    testImages: null,
    shapley: { ...analyses.shapley, images: 128, seedsPerArm: 4 },
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
