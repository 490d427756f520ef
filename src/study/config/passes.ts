/** How often a training step passes through the model. */
import { completeArm, type ArmConfig } from './config.ts';

/** Forward and backward passes of a step: sharpness-aware minimisation has a second one at the point that it is pushed to (Foret et al. 2021). */
export const passesOfStep = (arm: ArmConfig): number => (completeArm(arm).samRadius > 0 ? 2 : 1);
