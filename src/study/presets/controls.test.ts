/** The preset of controls: what is dropped at one rate is as much as CopRA drops. */
import { expect, it } from 'vitest';
import { meanProbability } from '../../copra/gate-sampler.ts';
import { mean } from '../../core/statistics.ts';
import { controls } from './controls.ts';

it('drops as many layers at one rate as CopRA does by its ramp', () => {
  const { arms, training } = controls.config;
  const activity = (id: string): number => {
    const arm = arms.find((one) => one.id === id)!;
    const { steps } = training;
    return mean(Array.from({ length: steps }, (_, step) => meanProbability(arm, step, steps, 16)));
  };
  expect(activity('layer-drop')).toBeCloseTo(activity('copra'), 3);
});
