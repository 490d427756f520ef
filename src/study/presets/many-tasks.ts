import type { StudyConfig } from '../config/config.ts';
import { USUAL_MULTITASK } from '../analyses/multitask/settings.ts';
import type { Preset } from './preset.ts';
import { quick } from './quick.ts';

const { analyses, training } = quick.config;

/** The study trains on the first task; the others follow. Only the merges are analysed. */
const config: StudyConfig = {
  ...quick.config,
  task: 'animals',
  seeds: [0, 1, 2, 3],
  training: { ...training, steps: 300, validateEvery: 100 },
  analyses: {
    testImages: null,
    landscape: { ...analyses.landscape, enabled: false },
    shapley: { ...analyses.shapley, enabled: false },
    pruning: { ...analyses.pruning, enabled: false },
    multitask: USUAL_MULTITASK,
  },
};

export const manyTasks: Preset = {
  id: 'many-tasks',
  name: 'Many tasks',
  description:
    'LoRA and CopRA trained on four tasks one after the other, four seeds each, 300 steps, then merged across tasks: about 8 minutes on two cores. A stand-in for the paper’s MTL15, whose tasks are not published.',
  config,
  saved: true,
};
