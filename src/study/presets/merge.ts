import type { StudyConfig } from '../config.ts';
import type { Preset } from './preset.ts';
import { quick } from './quick.ts';

/** Merging as it is when it is switched on. */
export const MERGING = { enabled: true, scales: [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4], density: 0.5 };

/** Every other analysis off: three seeds and their merges. */
const config: StudyConfig = {
  ...quick.config,
  seeds: [0, 1, 2],
  analyses: {
    testImages: null,
    landscape: { ...quick.config.analyses.landscape, enabled: false },
    shapley: { ...quick.config.analyses.shapley, enabled: false },
    pruning: { ...quick.config.analyses.pruning, enabled: false },
    merging: MERGING,
  },
};

export const merge: Preset = {
  id: 'merge',
  name: 'Merge',
  description: 'Three seeds each, 600 steps, then every way of merging them: a few minutes on a laptop.',
  config,
};
