/** The engine's description of a population. */
import { initialAdapter } from '../../../copra/lora-init.ts';
import { ADAMW, type Objective, type TrainerSpec } from '../../../engine/engine.ts';
import { completeArm } from '../../config/config.ts';
import type { PlannedPopulation } from './populations.ts';

type Plan = Pick<PlannedPopulation, 'layout' | 'scale' | 'weightDecay' | 'trainings'>;

/** Without the adapters that it begins with: what it needs does not depend on them, and those of a large backbone take a while to draw. */
export const specBeforeStart = (objective: Objective, plan: Plan): Omit<TrainerSpec, 'initial'> => ({
  objective,
  layout: plan.layout,
  scale: plan.scale,
  optimizer: { ...ADAMW, weightDecay: plan.weightDecay },
  inputDropout: plan.trainings.map((run) => run.inputDropout(0)),
  dropoutSeeds: plan.trainings.map((run) => run.seed),
  rateRatios: plan.trainings.map(({ arm }) => completeArm(arm).loraPlusRatio),
  radii: plan.trainings.map(({ arm }) => completeArm(arm).samRadius),
});

export const trainerSpec = (objective: Objective, plan: Plan): TrainerSpec => ({
  ...specBeforeStart(objective, plan),
  initial: plan.trainings.map((run) => initialAdapter(plan.layout, run.seed)),
});
