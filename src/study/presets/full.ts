import { USUAL_DOMAINS } from '../analyses/domains/settings.ts';
import type { StudyConfig } from '../config/config.ts';
import type { Preset } from './preset.ts';
import { quick } from './quick.ts';

const { analyses } = quick.config;

const config: StudyConfig = {
  ...quick.config,
  seeds: [0, 1, 2, 3, 4, 5],
  training: { ...quick.config.training, steps: 2000, validateEvery: 100 },
  analyses: {
    ...analyses,
    testImages: null,
    shapley: { ...analyses.shapley, images: 128, seedsPerArm: 6 },
    domains: USUAL_DOMAINS,
  },
};

export const full: Preset = {
  id: 'full',
  name: 'Plenty of data',
  config,
  saved: true,
};
