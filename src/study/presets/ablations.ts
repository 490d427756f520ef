import type { ArmConfig, StudyConfig } from '../config/config.ts';
import { defaultArm } from '../config/default-arm.ts';
import type { Preset } from './preset.ts';
import { quick } from './quick.ts';

type Change = Partial<Omit<ArmConfig, 'id' | 'name' | 'method'>>;

const arm = (method: ArmConfig['method'], id: string, name: string, change: Change = {}): ArmConfig => ({
  ...defaultArm(method, id, name),
  ...change,
});

/**
 * CoTo's table of baselines, the kinds of adapters it combines its dropping with, then CopRA in every setting that its papers vary or leave open.
 * LoRA+ divides the rate of A by the root of its ratio, so that A and B together learn as fast as in the other arms.
 */
const ARMS: readonly ArmConfig[] = [
  arm('lora', 'lora', 'LoRA'),
  arm('lora', 'rslora', 'rsLoRA', { rsLora: true }),
  arm('lora', 'lora-plus', 'LoRA+, ratio 16', { loraPlusRatio: 16, learningRate: 7.5e-4 }),
  arm('lora', 'dora', 'DoRA', { dora: true }),
  arm('lora-dropout', 'dropout', 'Dropout 0.25'),
  arm('progressive-dropout', 'progressive-25', 'Progressive dropout to 0.25'),
  arm('progressive-dropout', 'progressive-0', 'Progressive dropout to 0', { inputDropout: 0 }),
  arm('stochastic-depth', 'stochastic-depth', 'Stochastic depth'),
  arm('layer-drop', 'layer-drop', 'Layer drop'),
  arm('copra', 'copra', 'CopRA'),
  arm('copra', 'copra-sine', 'CopRA, sine ramp', { schedule: 'sine' }),
  arm('copra', 'copra-exponential', 'CopRA, exponential ramp', { schedule: 'exponential' }),
  arm('copra', 'copra-p0', 'CopRA, p₀ = 0.1', { p0: 0.1 }),
  arm('copra', 'copra-short', 'CopRA, ramp over half', { rampFraction: 0.5 }),
  arm('copra', 'copra-module', 'CopRA, per projection', { granularity: 'module' }),
  arm('copra', 'copra-rescaled', 'CopRA, divided by p', { rescale: true }),
  arm('copra', 'copra-dora', 'CopRA on DoRA', { dora: true }),
];

const config: StudyConfig = {
  ...quick.config,
  arms: [...ARMS],
  seeds: [0, 1, 2, 3, 4, 5],
  training: { ...quick.config.training, steps: 500, validateEvery: 250 },
  analyses: {
    ...quick.config.analyses,
    landscape: { enabled: true, points: 11, paths: ['factor'] },
    shapley: { ...quick.config.analyses.shapley, enabled: false },
    pruning: { enabled: true, sparsities: [], scopes: [], randomMasks: 0 },
  },
};

export const ablations: Preset = {
  id: 'ablations',
  name: 'Ablations',
  config,
  saved: true,
};
