import { USUAL_DOMAINS } from '../analyses/domains/settings.ts';
import type { StudyConfig } from '../config/config.ts';
import type { Preset } from './preset.ts';
import { quick } from './quick.ts';

const { analyses, arms, training } = quick.config;

/** Few images, many passes and adapters in both towers, as in the paper; only the other domains are tested. */
const config: StudyConfig = {
  ...quick.config,
  shots: 64,
  arms: arms.map((arm) => ({ ...arm, towers: ['vision', 'text'] })),
  seeds: [0, 1, 2, 3],
  training: { ...training, steps: 2000, validateEvery: 200 },
  analyses: {
    testImages: null,
    landscape: { ...analyses.landscape, enabled: false },
    shapley: { ...analyses.shapley, enabled: false },
    pruning: { ...analyses.pruning, enabled: false },
    domains: USUAL_DOMAINS,
  },
};

export const otherDomains: Preset = {
  id: 'other-domains',
  name: 'Other domains',
  description:
    'LoRA and CopRA with 64 images a class, adapters in both towers, four seeds each, 2,000 steps, then tested on domains that they never saw: about 20 minutes on two cores.',
  config,
};
