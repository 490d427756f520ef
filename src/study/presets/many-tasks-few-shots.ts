import type { StudyConfig } from '../config/config.ts';
import { manyTasks } from './many-tasks.ts';
import type { Preset } from './preset.ts';

/** The same four tasks with 64 images a class, seen many times. */
const config: StudyConfig = {
  ...manyTasks.config,
  shots: 64,
  training: { ...manyTasks.config.training, steps: 1000 },
};

export const manyTasksFewShots: Preset = {
  id: 'many-tasks-few-shots',
  name: 'Many tasks, few images',
  config,
  saved: true,
};
