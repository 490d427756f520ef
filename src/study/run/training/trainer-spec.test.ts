import { expect, it } from 'vitest';
import { tinyArm, tinyConfig, tinyModel, tinyTask } from '../../../../tests/support/tiny-study.ts';
import { planPopulations } from './populations.ts';
import { trainerSpec } from './trainer-spec.ts';

it('a population trains every run with the settings of its arm and the draws of its seed', () => {
  const arms = [
    tinyArm('lora', 'plain', { weightDecay: 0.25, samRadius: 0.1 }),
    tinyArm('lora-dropout', 'faster', { weightDecay: 0.25, samRadius: 0.2, loraPlusRatio: 4, inputDropout: 0.3 }),
  ];
  const [plan] = planPopulations(tinyConfig({ arms }), tinyModel(), tinyTask());
  const spec = trainerSpec({ kind: 'linear', classes: 3 }, plan);
  expect(spec.optimizer.weightDecay).toBe(0.25);
  expect(spec.radii).toEqual([0.1, 0.1, 0.2, 0.2]);
  expect(spec.rateRatios).toEqual([1, 1, 4, 4]);
  expect(spec.inputDropout).toEqual([0, 0, 0.3, 0.3]);
  expect(spec.dropoutSeeds).toEqual([4, 7, 4, 7]);
  const [first, second, third] = spec.initial;
  expect(third).toEqual(first);
  expect(second).not.toEqual(first);
});
