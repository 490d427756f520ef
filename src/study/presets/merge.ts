import type { StudyConfig } from '../config/config.ts';
import { noAnalyses } from '../config/no-analyses.ts';
import { USUAL_MERGING } from '../analyses/merging/settings.ts';
import type { Preset } from './preset.ts';
import { quick } from './quick.ts';

/** All other analyses off: six seeds and their merges. */
const config: StudyConfig = {
  ...quick.config,
  seeds: [0, 1, 2, 3, 4, 5],
  analyses: {
    ...noAnalyses(quick.config.analyses),
    testImages: null,
    merging: USUAL_MERGING,
  },
};

export const merge: Preset = {
  id: 'merge',
  name: 'Merge',
  config,
  saved: true,
};
