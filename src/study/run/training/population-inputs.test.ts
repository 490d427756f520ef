import { describe, expect, it } from 'vitest';
import { tinyArm, tinyConfig, tinyModel, tinyTask } from '../../../../tests/support/tiny-study.ts';
import { mean } from '../../../core/statistics.ts';
import { learningRateAt } from '../../../copra/learning-rate.ts';
import type { ArmConfig, StudyConfig } from '../../config/config.ts';
import { planPopulations } from './populations.ts';
import { populationInputs } from './population-inputs.ts';

const STEPS = 100;

/** The trainings of an arm with these seeds. */
function planned(arm: ArmConfig, seeds: readonly number[], training: StudyConfig['training']) {
  const [{ trainings }] = planPopulations(
    tinyConfig({ arms: [arm], seeds: [...seeds], training }),
    tinyModel(),
    tinyTask(),
  );
  return trainings;
}

/** Learning rates of a run of the arm at every step, and the share of its projections that is active. */
function course(arm: ArmConfig) {
  const { training } = tinyConfig();
  const own = { ...training, steps: STEPS, learningRateSchedule: 'constant' as const, warmupSteps: 0 };
  const trainings = planned(
    arm,
    Array.from({ length: 200 }, (_, seed) => seed),
    own,
  );
  return (step: number) => {
    const { gates, batch } = populationInputs(trainings, step, own);
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

  it('is at most ten times as high, however few layers are active', () => {
    const { training } = tinyConfig();
    const own = { ...training, learningRateSchedule: 'constant' as const, warmupSteps: 0 };
    const [run] = planned(tinyArm('copra', 'copra', { learningRate: 0.01, rateByActivity: true }), [1], own);
    const rates = [0.5, 0.1, 0.02].map((activity) => {
      const rare = { ...run, gates: (step: number) => ({ ...run.gates(step), activity }) };
      return populationInputs([rare], 0, own).batch.learningRates[0];
    });
    expect(rates).toEqual([0.02, 0.1, 0.1].map((rate) => expect.closeTo(rate, 6) as number));
  });

  it('is the usual one where nothing is dropped, and unless it is asked for', () => {
    for (const arm of [tinyArm('lora', 'lora', { learningRate: 0.01, rateByActivity: true }), tinyArm('copra')])
      expect(course(arm)(0).rates[0]).toBeCloseTo(arm.learningRate, 6);
  });
});

it('the learning rate falls over all steps of the training, after its warm-up', () => {
  const { training } = tinyConfig();
  const arm = tinyArm('lora');
  const runs = planned(arm, [1], training);
  const { steps, warmupSteps, learningRateSchedule } = training;
  for (const step of [0, 1, 2, steps / 2, steps - 1])
    expect(populationInputs(runs, step, training).batch.learningRates[0]).toBeCloseTo(
      learningRateAt(step, {
        peak: arm.learningRate,
        totalSteps: steps,
        schedule: learningRateSchedule,
        warmupSteps,
      }),
      7,
    );
});

it('the inputs of a training are the same alone and in a population, whatever the others are', () => {
  const arms = [
    tinyArm('lora'),
    tinyArm('copra', 'rescaled', { rescale: true, p0: 0.2 }),
    tinyArm('copra', 'faster', { rateByActivity: true, p0: 0.1 }),
    tinyArm('lora-dropout', 'dropped', { inputDropout: 0.3 }),
  ];
  const { training } = tinyConfig();
  const [{ trainings }] = planPopulations(tinyConfig({ arms, seeds: [1] }), tinyModel(), tinyTask());
  expect(trainings).toHaveLength(arms.length);
  const { batch: all } = populationInputs(trainings, 3, training);
  trainings.forEach((run, i) => {
    const { batch: own, gates } = populationInputs([run], 3, training);
    const pairs = gates[0].pairs.length;
    expect(all.gates.subarray(i * pairs, (i + 1) * pairs)).toEqual(own.gates);
    expect(all.learningRates[i]).toBe(own.learningRates[0]);
    expect(all.inputDropout![i]).toBe(own.inputDropout![0]);
    expect(all.branchFactors!.subarray(i * pairs, (i + 1) * pairs)).toEqual(
      own.branchFactors ?? new Float32Array(pairs).fill(1),
    );
  });
});
