import type { StudyConfig } from '../config.ts';
import { FEDERATED } from '../federated/settings.ts';
import { merge } from './merge.ts';
import type { Preset } from './preset.ts';

const { landscape, shapley, pruning } = merge.config.analyses;

/** Every other analysis off: one seed, federated, and an ordinary run of equally many steps beside it. */
const config: StudyConfig = {
  ...merge.config,
  seeds: [0],
  training: { ...merge.config.training, steps: FEDERATED.rounds * FEDERATED.localSteps },
  analyses: { testImages: 400, landscape, shapley, pruning, federated: FEDERATED },
};

export const federated: Preset = {
  id: 'federated',
  name: 'Federated',
  description:
    'LoRA and CopRA on five clients with uneven shares of the classes, 15 rounds, two ways of averaging: about 6 minutes on two cores, because each of the five trains in every round.',
  config,
  saved: true,
};
