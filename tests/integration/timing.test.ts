/** Times of steps of whole studies on a tiny model, on the WebAssembly device. How long they are is not asserted. */
import * as v from 'valibot';
import { expect, it, vi } from 'vitest';
import { learningRateAt } from '../../src/copra/learning-rate.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { REPEATS, WARM_STEPS } from '../../src/study/analyses/timing/settings.ts';
import { StudyResultSchema } from '../../src/study/result/result.ts';
import { adaptersOf, inputsOf, record, tinyArm, trainingOnly } from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';
import { withTrainers } from '../support/with-trainers.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened), 1);

it('the steps that are timed are those of the training, each done as often as the least of its times needs', async () => {
  const plain = trainingOnly({ arms: [tinyArm('lora')], seeds: [4] });
  const { training } = plain;
  const timed = { ...plain, analyses: { ...plain.analyses, timing: { enabled: true, steps: 3 } } };
  const rates: number[] = [];
  const watching = withTrainers(engine, (trainer) => ({
    step: (batch) => (rates.push(batch.learningRates[0]), trainer.step(batch)),
  }));
  await record(inputsOf(watching, timed));
  const rateAt = (step: number) =>
    learningRateAt(step - 1, {
      peak: plain.arms[0].learningRate,
      schedule: training.learningRateSchedule,
      totalSteps: training.steps,
      warmupSteps: training.warmupSteps,
    });
  const steps = [
    ...new Array<number>(WARM_STEPS).fill(3),
    ...[3, 7, 11].flatMap((step) => new Array<number>(REPEATS).fill(step)),
  ];
  expect(rates.slice(-steps.length)).toEqual(steps.map((step) => expect.closeTo(rateAt(step), 8) as number));
});

it('of the times of a step the least counts', async () => {
  const plain = trainingOnly({ arms: [tinyArm('lora')], seeds: [4] });
  let [now, done] = [0, 0];
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const slow = withTrainers(engine, (trainer) => ({
    async step(batch) {
      now += done++ % REPEATS === 3 ? 7 : 50;
      return trainer.step(batch);
    },
  }));
  const timing = { enabled: true, steps: 3 };
  const { result } = await record(inputsOf(slow, { ...plain, analyses: { ...plain.analyses, timing } }));
  vi.restoreAllMocks();
  expect(result.timing!.map(({ seconds }) => seconds)).toEqual([new Array<unknown>(3).fill(expect.closeTo(0.007, 9))]);
});

it('of the new runs alone are measured when seeds are added', async () => {
  const plain = trainingOnly({ arms: [tinyArm('lora')], seeds: [4] });
  const study = { ...plain, analyses: { ...plain.analyses, timing: { enabled: true, steps: 2 } } };
  const before = await record(inputsOf(engine, study));
  const known = { result: before.result, adapters: adaptersOf(before) };
  const more = await record(inputsOf(engine, { ...study, seeds: [4, 7] }, { known }));
  const found = more.events.flatMap((event) => (event.type === 'found' && event.part === 'timing' ? event.found : []));
  expect(found.map(({ seed }) => seed)).toEqual([7]);
  expect(more.result.timing![0]).toEqual(before.result.timing![0]);
});

it('every run is timed at the middles of equal parts of its training, and the rest of the result is as without', async () => {
  const plain = trainingOnly({
    arms: [tinyArm('lora'), tinyArm('copra'), tinyArm('lora', 'mean', { take: 'average' })],
  });
  const timed = { ...plain, analyses: { ...plain.analyses, timing: { enabled: true, steps: 3 } } };
  const { result } = await record(inputsOf(engine, timed));
  expect(() => v.parse(v.strictObject(StudyResultSchema.entries), structuredClone(result))).not.toThrow();
  const { timing = [] } = result;
  expect(timing.map(({ arm, seed, steps }) => [arm, seed, steps])).toEqual(
    ['lora', 'copra', 'mean'].flatMap((arm) => [4, 7].map((seed) => [arm, seed, [3, 7, 11]])),
  );
  for (const { seconds } of timing) expect(seconds.every((value) => Number.isFinite(value) && value > 0)).toBe(true);
  // What is taken of one training was timed once.
  expect(timing.filter(({ arm }) => arm === 'mean').map(({ seconds }) => seconds)).toEqual(
    timing.filter(({ arm }) => arm === 'lora').map(({ seconds }) => seconds),
  );
  const without = await record(inputsOf(engine, plain));
  expect(result.runs).toEqual(without.result.runs);
  expect('timing' in without.result).toBe(false);
});
