/** A study with an arm of every kind, for its script. */
import type { StudyConfig } from '../../study/config/config.ts';
import { defaultArm } from '../../study/config/default-arm.ts';
import { PRESETS } from '../../study/presets/presets.ts';

export const [{ config: preset }] = PRESETS;

export const config: StudyConfig = {
  ...preset,
  backbone: 'openai/clip-vit-base-patch32@fb0662700000000000000000000000000000beef',
  seeds: [0, 5],
  arms: [
    defaultArm('lora', 'lora', 'LoRA'),
    defaultArm('copra', 'copra', 'CopRA'),
    { ...defaultArm('copra', 'modules', 'Modules “exp”'), granularity: 'module', schedule: 'exponential', p0: 0.1 },
    { ...defaultArm('copra', 'sine', 'Sine'), schedule: 'sine', rampFraction: 0.6 },
    { ...defaultArm('layer-drop', 'drop', 'Drop'), keepProbability: 0.3, rsLora: true },
    {
      ...defaultArm('stochastic-depth', 'depth', 'Depth'),
      keepProbability: 0.1,
      towers: ['vision', 'text'],
      rescale: true,
    },
    { ...defaultArm('stochastic-depth', 'depth-2', 'Depth 2'), granularity: 'module', keepProbability: 0 },
    { ...defaultArm('copra', 'rescaled', 'Rescaled'), rescale: true, loraPlusRatio: 16 },
    { ...defaultArm('copra', 'dora', 'DoRA'), dora: true, loraPlusRatio: 4 },
    { ...defaultArm('progressive-dropout', 'progressive', 'Progressive'), schedule: 'sine', inputDropout: 0 },
    { ...defaultArm('lora-dropout', 'dropout', 'Dropout'), towers: ['vision', 'text'], projections: ['q', 'fc2'] },
  ],
  training: { ...preset.training, steps: 40, warmupSteps: 3, batchSize: 7 },
};

export const task = { name: 'fruit \\ "quoted"', classes: ['apple', "l'ananas", 'ヤシ\u2028\\'] };
