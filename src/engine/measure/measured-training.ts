/** How the trainings are set up that measurements and benchmarks compare. */
import { ADAMW, type TrainerSpec } from '../engine.ts';

/** A trainer of runs without decay and dropout, so that all contenders compute the same. After one step the gradient is the first moment / (1 − β₁). */
export const measuredSpec = ({
  objective,
  layout,
  scale,
  initial,
}: Pick<TrainerSpec, 'objective' | 'layout' | 'scale' | 'initial'>): TrainerSpec => ({
  objective,
  layout,
  scale,
  optimizer: { ...ADAMW, weightDecay: 0 },
  initial,
  inputDropout: initial.map(() => 0),
  dropoutSeeds: initial.map((_, run) => run),
});
