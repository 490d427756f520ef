import { USUAL_MERGING } from '../analyses/merging/settings.ts';
import type { StudyConfig } from '../config/config.ts';
import { noAnalyses } from '../config/no-analyses.ts';
import { fewShots } from './few-shots.ts';
import type { Preset } from './preset.ts';

const { analyses } = fewShots.config;

/** The opening study's runs; all seeds of an arm are merged. */
const config: StudyConfig = {
  ...fewShots.config,
  analyses: {
    ...noAnalyses(analyses),
    testImages: null,
    merging: USUAL_MERGING,
  },
};

export const mergeFewShots: Preset = {
  id: 'merge-few-shots',
  name: 'Merge, few images',
  config,
  saved: true,
};
