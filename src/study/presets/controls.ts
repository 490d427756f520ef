import { SHARPNESS_SETTINGS } from '../analyses/sharpness/settings.ts';
import type { ArmConfig, StudyConfig } from '../config/config.ts';
import { usualOf } from '../config/settings/rows.ts';
import { fewShots } from './few-shots.ts';
import type { Preset } from './preset.ts';

const [lora, copra] = fewShots.config.arms;
const { analyses } = fewShots.config;

/** Plain LoRA, changed in one setting that could do what CopRA does. */
const control = (id: string, name: string, change: Partial<ArmConfig>): ArmConfig => ({ ...lora, id, name, ...change });

/** The regime, images and seeds of the opening study. */
const config: StudyConfig = {
  ...fewShots.config,
  arms: [
    lora,
    copra,
    control('lora-averaged', 'LoRA averaged', { take: 'average' }),
    control('lora-updates', 'LoRA at equal updates', { take: 'updates' }),
    control('lora-loss', 'LoRA at equal loss', { take: 'loss' }),
    control('lora-sam', 'LoRA with SAM', { samRadius: 0.05 }),
    // As many layers as CopRA has active in a step on average, from the first step to the last: dropping without its ramp.
    control('layer-drop', 'Constant layer drop', { method: 'layer-drop', keepProbability: 0.625 }),
  ],
  analyses: {
    testImages: analyses.testImages,
    landscape: { enabled: true, points: 5, paths: ['factor', 'product'] },
    shapley: { ...analyses.shapley, enabled: false },
    pruning: { enabled: true, sparsities: [0, 0.25, 0.5, 0.75], scopes: ['factors'], randomMasks: 0 },
    sharpness: { ...usualOf(SHARPNESS_SETTINGS), enabled: true },
  },
};

export const controls: Preset = {
  id: 'controls',
  name: 'Controls',
  config,
  saved: true,
};
