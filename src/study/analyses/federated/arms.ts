/** The arms of a federation, as the leading device and every training one plan them. */
import type { StudyContext } from '../../run/context.ts';
import { planPopulations } from '../../run/training/populations.ts';
import type { FederatedArm } from './local-training.ts';
import { clientArms } from './settings.ts';

/** In the order of the configuration. */
export function federatedArms({
  config,
  model,
  task,
}: Pick<StudyContext, 'config' | 'model' | 'task'>): FederatedArm[] {
  const plans = planPopulations(config, model, task);
  return clientArms(config.arms).flatMap((arm) => {
    const plan = plans.find(({ runs }) => runs.some((run) => run.arm.id === arm.id));
    return plan ? [{ arm, layout: plan.layout, scale: plan.scale, weightDecay: plan.weightDecay }] : [];
  });
}
