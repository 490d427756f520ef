import type { StudyConfig } from '../config/config.ts';
import { noAnalyses } from '../config/no-analyses.ts';
import { USUAL_MULTITASK } from '../analyses/multitask/settings.ts';
import type { Preset } from './preset.ts';
import { quick } from './quick.ts';

const { analyses, training } = quick.config;

/** The study trains on the first task; the others follow. Only the merges are analysed. */
const config: StudyConfig = {
  ...quick.config,
  task: 'animals',
  seeds: [0, 1, 2, 3, 4, 5],
  training: { ...training, steps: 300, validateEvery: 100 },
  analyses: {
    ...noAnalyses(analyses),
    testImages: null,
    multitask: USUAL_MULTITASK,
  },
};

export const manyTasks: Preset = {
  id: 'many-tasks',
  name: 'Many tasks',
  config,
  saved: true,
};
