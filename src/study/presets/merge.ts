import type { StudyConfig } from '../config/config.ts';
import { MERGING } from '../analyses/merging/defaults.ts';
import type { Preset } from './preset.ts';
import { quick } from './quick.ts';

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
  description: 'Three seeds each, 600 steps, then every way of merging them: about 3 minutes on two cores.',
  config,
  saved: true,
};
