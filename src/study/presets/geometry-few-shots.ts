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
  description:
    'Three seeds of the papers’ regime, 64 images a class and 2,000 steps: paths with aligned factors, the plane through three adapters, all adapters as points. About 35 minutes on two cores.',
  config,
};
