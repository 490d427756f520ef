import type { StudyConfig } from '../config/config.ts';
import { USUAL_MERGING } from '../analyses/merging/settings.ts';
import type { Preset } from './preset.ts';
import { quick } from './quick.ts';

/** All other analyses off: three seeds and their merges. */
const config: StudyConfig = {
  ...quick.config,
  seeds: [0, 1, 2],
  analyses: {
    testImages: null,
    landscape: { ...quick.config.analyses.landscape, enabled: false },
    shapley: { ...quick.config.analyses.shapley, enabled: false },
    pruning: { ...quick.config.analyses.pruning, enabled: false },
    merging: USUAL_MERGING,
  },
};

export const merge: Preset = {
  id: 'merge',
  name: 'Merge',
  description: 'Three seeds each, 600 steps, then every way of merging them: about 3 minutes on two cores.',
  config,
  saved: true,
};
