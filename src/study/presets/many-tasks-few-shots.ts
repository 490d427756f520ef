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
  description:
    'LoRA and CopRA trained on four tasks one after the other, 64 images a class, four seeds each, 1,000 steps, then merged across tasks: about 20 minutes on two cores.',
  config,
  saved: true,
};
