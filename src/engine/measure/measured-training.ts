/** How the trainings are set up that measurements and benchmarks compare. */
import type { TrainerSpec } from '../engine.ts';

/** Decay of AdamW's first moment: after one step the gradient is the moment / (1 − BETA1). */
export const BETA1 = 0.9;

/** A trainer of runs without decay and dropout, so that all contenders compute the same. */
export const measuredSpec = ({
  objective,
  layout,
  scale,
  initial,
}: Pick<TrainerSpec, 'objective' | 'layout' | 'scale' | 'initial'>): TrainerSpec => ({
  objective,
  layout,
  scale,
  optimizer: { beta1: BETA1, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 },
  initial,
  inputDropout: initial.map(() => 0),
  dropoutSeeds: initial.map((_, run) => run),
});
