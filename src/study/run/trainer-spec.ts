/** The engine's description of a population. */
import { initialAdapter } from '../../copra/lora-init.ts';
import type { Objective, TrainerSpec } from '../../engine/engine.ts';
import { completeArm } from '../config/config.ts';
import type { PlannedPopulation } from './populations.ts';

const ADAMW = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

export const trainerSpec = (
  objective: Objective,
  plan: Pick<PlannedPopulation, 'layout' | 'scale' | 'weightDecay' | 'trainings'>,
): TrainerSpec => ({
  objective,
  layout: plan.layout,
  scale: plan.scale,
  optimizer: { ...ADAMW, weightDecay: plan.weightDecay },
  initial: plan.trainings.map((run) => initialAdapter(plan.layout, run.seed)),
  inputDropout: plan.trainings.map((run) => run.inputDropout(0)),
  dropoutSeeds: plan.trainings.map((run) => run.seed),
  rateRatios: plan.trainings.map(({ arm }) => completeArm(arm).loraPlusRatio),
  radii: plan.trainings.map(({ arm }) => completeArm(arm).samRadius),
});
