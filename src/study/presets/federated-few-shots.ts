import type { StudyConfig } from '../config/config.ts';
import { federated } from './federated.ts';
import type { Preset } from './preset.ts';

const { analyses } = federated.config;
const SEEDS = [0, 1, 2, 3, 4, 5];

/** The same clients with 64 images a class between them, which each sees many times. */
const config: StudyConfig = {
  ...federated.config,
  shots: 64,
  seeds: SEEDS,
  analyses: {
    ...analyses,
    testImages: null,
    ...(analyses.federated && { federated: { ...analyses.federated, seeds: SEEDS.length } }),
  },
};

export const federatedFewShots: Preset = {
  id: 'federated-few-shots',
  name: 'Federated, few images',
  description:
    'LoRA and CopRA, six seeds, 64 images a class on five clients with uneven shares of the classes, 15 rounds, two ways of averaging: about 30 minutes on two cores.',
  config,
};
