import type { StudyConfig } from '../config/config.ts';
import { USUAL_FEDERATED } from '../analyses/federated/settings.ts';
import { merge } from './merge.ts';
import type { Preset } from './preset.ts';

const { landscape, shapley, pruning } = merge.config.analyses;
const SEEDS = [0, 1, 2, 3, 4, 5];

/** All other analyses off: six federated seeds, each beside an ordinary run of equally many steps. */
const config: StudyConfig = {
  ...merge.config,
  seeds: SEEDS,
  training: { ...merge.config.training, steps: USUAL_FEDERATED.rounds * USUAL_FEDERATED.localSteps },
  analyses: { testImages: null, landscape, shapley, pruning, federated: { ...USUAL_FEDERATED, seeds: SEEDS.length } },
};

export const federated: Preset = {
  id: 'federated',
  name: 'Federated',
  config,
  saved: true,
};
