import type { StudyConfig } from '../config/config.ts';
import { learningRates } from './learning-rates.ts';
import type { Preset } from './preset.ts';

/** The same rates with 64 images a class, seen many times. */
const config: StudyConfig = {
  ...learningRates.config,
  shots: 64,
  seeds: [0, 1, 2, 3],
  training: { ...learningRates.config.training, steps: 1000 },
};

export const learningRatesFewShots: Preset = {
  id: 'learning-rates-few-shots',
  name: 'Learning rates, few images',
  description:
    'LoRA and CopRA at five learning rates on 64 images a class, four seeds each, 1,000 steps: 40 runs, about 40 minutes on two cores.',
  config,
};
