import { LANDSCAPE_SETTINGS } from '../analyses/landscape/settings.ts';
import { PRUNING_SETTINGS } from '../analyses/pruning/settings.ts';
import { SHAPLEY_SETTINGS } from '../analyses/shapley/settings.ts';
import type { StudyConfig } from '../config/config.ts';
import { defaultArm } from '../config/default-arm.ts';
import { usualOf } from '../config/settings/rows.ts';
import { SHARED_SETTINGS } from '../config/settings/shared.ts';
import { STUDY_SETTINGS } from '../config/settings/study.ts';
import { TRAINING_SETTINGS } from '../config/settings/training.ts';
import type { Preset } from './preset.ts';

/** All settings at their usual values. */
const config: StudyConfig = {
  version: 1,
  backbone: 'emoji-clip-2',
  task: 'groups9-negative',
  ...usualOf(STUDY_SETTINGS),
  arms: [defaultArm('lora', 'lora', 'LoRA'), defaultArm('copra', 'copra', 'CopRA')],
  seeds: [0, 1],
  training: usualOf(TRAINING_SETTINGS),
  analyses: {
    ...usualOf(SHARED_SETTINGS),
    landscape: usualOf(LANDSCAPE_SETTINGS),
    shapley: usualOf(SHAPLEY_SETTINGS),
    pruning: usualOf(PRUNING_SETTINGS),
  },
};

export const quick: Preset = {
  id: 'quick',
  name: 'Quick',
  config,
};
