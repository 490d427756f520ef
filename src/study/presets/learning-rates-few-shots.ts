import type { StudyConfig } from '../config/config.ts';
import { learningRates } from './learning-rates.ts';
import type { Preset } from './preset.ts';

/** The same rates with 64 images a class, seen many times. */
const config: StudyConfig = {
  ...learningRates.config,
  shots: 64,
  training: { ...learningRates.config.training, steps: 1000 },
};

export const learningRatesFewShots: Preset = {
  id: 'learning-rates-few-shots',
  name: 'Learning rates, few images',
  config,
  saved: true,
};
