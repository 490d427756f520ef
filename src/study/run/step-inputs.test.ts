import { describe, expect, it } from 'vitest';
import { tinyArm, tinyConfig, tinyModel, tinyTask } from '../../../tests/support/tiny-study.ts';
import { mean } from '../../core/statistics.ts';
import type { ArmConfig } from '../config/config.ts';
import { planPopulations } from './populations.ts';
import { stepInputs } from './step-inputs.ts';

const STEPS = 100;

/** Learning rates of a run of the arm at every step, and the share of its projections that is active. */
function course(arm: ArmConfig) {
  const { training } = tinyConfig();
  const own = { ...training, steps: STEPS, learningRateSchedule: 'constant' as const, warmupSteps: 0 };
  const config = tinyConfig({ arms: [arm], seeds: Array.from({ length: 200 }, (_, seed) => seed), training: own });
  const [{ trainings }] = planPopulations(config, tinyModel(), tinyTask());
  return (step: number) => {
    const { gates, batch } = stepInputs(trainings, step, own);
    return { rates: [...batch.learningRates], active: mean(gates.flatMap(({ pairs }) => [...pairs])) };
  };
}

describe('a learning rate that is divided by activity', () => {
  it('makes up for the steps in which layers are off, so that rate times active share is that of the schedule', () => {
    const at = course(tinyArm('copra', 'copra', { learningRate: 0.01, rateByActivity: true, p0: 0.2 }));
    for (const step of [0, 30, 60, 90]) {
      const { rates, active } = at(step);
      expect(rates.every((rate) => rate === rates[0])).toBe(true);
      expect(rates[0] * active).toBeCloseTo(0.01, 3);
    }
    expect(at(STEPS - 1).rates[0]).toBeCloseTo(0.01, 6);
  });

  it('is the usual one where nothing is dropped, and unless it is asked for', () => {
    for (const arm of [tinyArm('lora', 'lora', { learningRate: 0.01, rateByActivity: true }), tinyArm('copra')])
      expect(course(arm)(0).rates[0]).toBeCloseTo(arm.learningRate, 6);
  });
});
