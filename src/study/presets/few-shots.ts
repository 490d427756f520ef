import { USUAL_DOMAINS } from '../analyses/domains/settings.ts';
import { USUAL_TIMING } from '../analyses/timing/settings.ts';
import type { StudyConfig } from '../config/config.ts';
import { full } from './full.ts';
import type { Preset } from './preset.ts';

const { analyses } = full.config;

/** Near the papers' regime: few images a class, seen often, and adapters in both towers; but more of both than theirs, and rank 4 for their 2. */
const config: StudyConfig = {
  ...full.config,
  shots: 64,
  // docs/results.md says how the learning rate was chosen.
  arms: full.config.arms.map((arm) => ({ ...arm, towers: ['vision', 'text'], learningRate: 1e-3 })),
  seeds: [0, 1, 2, 3, 4, 5],
  analyses: {
    ...analyses,
    // Fifteen pairs: fewer points of each keep the curves within a short link.
    landscape: { ...analyses.landscape, points: 11 },
    shapley: { ...analyses.shapley, images: 64, seedsPerArm: 6 },
    domains: USUAL_DOMAINS,
    // Equal time: both methods' steps timed beside each other.
    timing: USUAL_TIMING,
  },
};

export const fewShots: Preset = {
  id: 'few-shots',
  name: 'Few images',
  config,
  saved: true,
};
