import { inEnglish } from '../../core/language/catalogue.ts';
import { compact } from '../../core/number-format.ts';
import type { ArmConfig, StudyConfig } from '../config/config.ts';
import { defaultArm } from '../config/default-arm.ts';
import type { Preset } from './preset.ts';
import { quick } from './quick.ts';

/** Around the usual 3·10⁻³: the small model uses ten times the paper's rates of 5·10⁻⁵ to 5·10⁻³. */
const RATES = [3e-4, 1e-3, 3e-3, 1e-2, 3e-2];

const atRates = (method: ArmConfig['method'], name: string): ArmConfig[] =>
  RATES.map((learningRate, i) => ({
    ...defaultArm(method, `${method}-${i + 1}`, `${name}, lr ${inEnglish(() => compact(learningRate))}`),
    learningRate,
  }));

const { analyses, training } = quick.config;

/** The landscape has only its ends and middle, pruning only the masks of layers: what the figure of a sweep shows. */
const config: StudyConfig = {
  ...quick.config,
  seeds: [0, 1, 2, 3, 4, 5],
  arms: [...atRates('lora', 'LoRA'), ...atRates('copra', 'CopRA')],
  training: { ...training, steps: 400, validateEvery: 100 },
  analyses: {
    ...analyses,
    landscape: { enabled: true, points: 3, paths: ['factor', 'product'] },
    shapley: { ...analyses.shapley, enabled: false },
    pruning: { enabled: true, sparsities: [], scopes: [], randomMasks: 0 },
  },
};

export const learningRates: Preset = {
  id: 'learning-rates',
  name: 'Learning rates',
  config,
  saved: true,
};
