import type { StudyConfig } from '../config/config.ts';
import { fewShots } from './few-shots.ts';
import { geometry } from './geometry.ts';
import type { Preset } from './preset.ts';

/** Three seeds of the opening study. */
const config: StudyConfig = {
  ...fewShots.config,
  seeds: geometry.config.seeds,
  analyses: geometry.config.analyses,
};

export const geometryFewShots: Preset = {
  id: 'geometry-few-shots',
  name: 'Geometry, few images',
  config,
  saved: true,
};
