/** The sharpness of whole studies on a tiny model, on the WebAssembly device. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { directionOf, perturbed } from '../../src/copra/sharpness/perturbation.ts';
import { mean } from '../../src/core/statistics.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { applyEvent } from '../../src/study/result/events.ts';
import { StudyResultSchema } from '../../src/study/result/result.ts';
import { lossesByHand } from '../support/scores-by-hand.ts';
import { adaptersOf, inputsOf, record, tinyArm, trainingOnly } from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';
import { runOf } from '../../src/study/result/run-names.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened), 1);

const config = (seeds: number[], trainImages = 12, radii = [0.001, 0.5]) => {
  // The arm of full rank comes last, as it trains: it is a population of its own.
  const arms = [tinyArm('lora'), tinyArm('copra'), tinyArm('lora', 'dora', { dora: true })];
  const plain = trainingOnly({ seeds, arms });
  const sharpness = { enabled: true, radii, directions: 3, trainImages };
  return { ...plain, analyses: { ...plain.analyses, sharpness } };
};

describe('the sharpness of a study', () => {
  it('begins at the test figures of every run, and a tiny perturbation changes next to nothing', async () => {
    const { events, result } = await record(inputsOf(engine, config([4, 7])));
    expect(() => v.parse(v.strictObject(StudyResultSchema.entries), structuredClone(result))).not.toThrow();
    const [started] = events;
    if (started.type !== 'started') throw new Error('no start');
    expect(events.slice(1, -1).reduce(applyEvent, started.result).sharpness).toEqual(result.sharpness);
    expect(result.sharpness).toHaveLength(6);
    for (const { arm, seed, radii, test, train } of result.sharpness!) {
      const own = runOf(result.runs, arm, seed)!.test!;
      expect(radii).toEqual([0, 0.001, 0.5]);
      expect([test.accuracy[0], test.loss[0]]).toEqual([expect.closeTo(own.accuracy, 6), expect.closeTo(own.loss, 5)]);
      expect(Math.abs(test.loss[1] - test.loss[0])).toBeLessThan(0.05 * Math.abs(test.loss[2] - test.loss[0]) + 1e-3);
      expect(Math.abs(test.loss[2] - test.loss[0])).toBeGreaterThan(1e-4);
      expect(train!.images).toBe(12);
      expect(train!.loss).toHaveLength(3);
    }
  });

  it('is the mean over directions, which are the same for all runs, on test and on training images', async () => {
    const inputs = inputsOf(engine, config([4]));
    const study = await record(inputs);
    for (const { arm, radii, test, train } of study.result.sharpness!) {
      const own = adaptersOf(study).find((adapter) => adapter.arm === arm)!;
      const moved = radii
        .slice(1)
        .map((radius) => [0, 1, 2].map((k) => perturbed(own.layout, own.values, directionOf(own.layout, k), radius)));
      for (const [i, along] of moved.entries()) {
        const onTest = await lossesByHand(inputs, own, along, inputs.task.test);
        expect(test.loss[1 + i]).toBeCloseTo(mean(onTest), 5);
        const onTrain = await lossesByHand(inputs, own, along, inputs.task.train, 12);
        expect(train!.loss[1 + i]).toBeCloseTo(mean(onTrain), 5);
      }
    }
  });

  it('has every size once, from the smallest to the largest, however they were typed', async () => {
    const typed = await record(inputsOf(engine, config([4], 0, [0.5, 0.001, 0.5])));
    const sorted = await record(inputsOf(engine, config([4], 0)));
    expect(typed.result.sharpness).toEqual(sorted.result.sharpness);
  });

  it('is of the new runs alone when seeds are added, and of all of them in the end', async () => {
    const before = await record(inputsOf(engine, config([4], 0)));
    expect(before.result.sharpness!.every((entry) => !('train' in entry))).toBe(true);
    const known = { result: before.result, adapters: adaptersOf(before) };
    const after = await record(inputsOf(engine, config([4, 7], 0), { known }));
    const whole = await record(inputsOf(engine, config([4, 7], 0)));
    expect(after.result.sharpness).toEqual(whole.result.sharpness);
    const found = after.events.flatMap((event) =>
      event.type === 'found' && event.part === 'sharpness' ? event.found : [],
    );
    expect(found.map(({ seed }) => seed)).toEqual([7, 7, 7]);
  });
});
