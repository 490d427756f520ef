import type { StudyConfig } from '../config/config.ts';
import { ablations } from './ablations.ts';
import type { Preset } from './preset.ts';

/** The same arms with 64 images a class, seen many times. */
const config: StudyConfig = {
  ...ablations.config,
  shots: 64,
  seeds: [0, 1, 2, 3],
  training: { ...ablations.config.training, steps: 1000 },
};

export const ablationsFewShots: Preset = {
  id: 'ablations-few-shots',
  name: 'Ablations, few images',
  config,
  saved: true,
};
