import type { StudyConfig } from '../config/config.ts';
import type { Preset } from './preset.ts';
import { quick } from './quick.ts';

/** Where the adapters of three seeds lie, and what is between them. */
const config: StudyConfig = {
  ...quick.config,
  seeds: [0, 1, 2],
  analyses: {
    testImages: 400,
    landscape: {
      enabled: true,
      points: 11,
      paths: ['factor', 'product'],
      alignments: ['orthogonal', 'invertible'],
      trainImages: 256,
    },
    shapley: { ...quick.config.analyses.shapley, enabled: false },
    pruning: { ...quick.config.analyses.pruning, enabled: false },
    plane: { enabled: true, grid: 11 },
    geometry: { enabled: true },
    snapshots: 7,
  },
};

export const geometry: Preset = {
  id: 'geometry',
  name: 'Geometry',
  config,
  saved: true,
};
