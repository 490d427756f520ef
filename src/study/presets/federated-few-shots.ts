import type { StudyConfig } from '../config/config.ts';
import { federated } from './federated.ts';
import type { Preset } from './preset.ts';

/** The same clients with 64 images a class between them, which each sees many times. */
const config: StudyConfig = { ...federated.config, shots: 64 };

export const federatedFewShots: Preset = {
  id: 'federated-few-shots',
  name: 'Federated, few images',
  config,
  saved: true,
};
