import type { StudyConfig } from '../config/config.ts';
import { federated } from './federated.ts';
import { PRESET_WORDS } from './messages.ts';
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
  get description() {
    return PRESET_WORDS.descriptions['federated-few-shots'];
  },
  config,
  saved: true,
};
