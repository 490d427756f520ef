/** Measures along training of whole studies on a tiny model, on the WebAssembly device. */
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import type { StudyCheckpoint } from '../../src/study/checkpoint/checkpoint.ts';
import { applyEvent } from '../../src/study/result/events.ts';
import { StudyResultSchema } from '../../src/study/result/result.ts';
import { keptSteps, valuesBetween } from '../../src/study/result/measures/timeline.ts';
import { unitedStudy } from '../../src/study/result/united-study.ts';
import { STUDY_NOTICES } from '../../src/study/run/words.ts';
import { adaptersOf, inputsOf, noticesOf, record, tinyArm, tinyConfig, trainingOnly } from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';
import { runOf } from '../../src/study/result/run-names.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened), 1);

const timeline = { enabled: true, steps: 3, points: 5 };
const config = (seeds = [4, 7, 9]) => {
  const plain = trainingOnly({ seeds, arms: [tinyArm('lora'), tinyArm('copra')] });
  return { ...plain, analyses: { ...plain.analyses, timeline } };
};

describe('measures along training', () => {
  it('end in what tests, pruning and landscapes find, and begin earlier', async () => {
    const whole = tinyConfig({ seeds: [4, 7] });
    const both = {
      ...whole,
      analyses: { ...whole.analyses, timeline, shapley: { ...whole.analyses.shapley, enabled: false } },
    };
    const { events, result } = await record(inputsOf(engine, both));
    expect(() => v.parse(v.strictObject(StudyResultSchema.entries), structuredClone(result))).not.toThrow();
    const [started] = events;
    if (started.type !== 'started') throw new Error('no start');
    expect(events.slice(1, -1).reduce(applyEvent, started.result).timeline).toEqual(result.timeline);
    const { runs, pairs } = result.timeline!;
    expect([runs.length, pairs.length]).toEqual([4, 2]);
    for (const { arm, seed, steps, accuracy, correct, halves } of runs) {
      expect(steps).toEqual([1, 5, 12]);
      const own = runOf(result.runs, arm, seed)!.test!;
      expect([accuracy.at(-1), correct!.at(-1)]).toEqual([own.accuracy, own.correct]);
      const pruned = runOf(result.pruning, arm, seed)!.structured;
      for (const { label, accuracy: half } of halves)
        expect(half.at(-1)).toBe(pruned.find((mask) => mask.label === label)!.accuracy);
      expect(halves.map(({ label }) => label)).toEqual(['even', 'odd']);
    }
    for (const { arm, seeds, steps, lambdas, accuracy } of pairs) {
      expect([steps, lambdas]).toEqual([
        [1, 5, 12],
        [0.25, 0.5, 0.75],
      ]);
      const path = result.landscape.find((entry) => entry.arm === arm && entry.path === 'factor')!;
      expect(path.seeds).toEqual(seeds);
      expect(accuracy.slice(-3)).toEqual(path.accuracy.slice(1, -1));
    }
    expect(runs.some(({ accuracy }) => accuracy[0] !== accuracy[2])).toBe(true);
  });

  it('end where an arm is taken, which may be elsewhere for every seed', async () => {
    const arms = [tinyArm('lora'), tinyArm('copra'), tinyArm('lora', 'early', { take: 'updates' })];
    const study = { ...config(), arms };
    const constant = { ...study.training, learningRateSchedule: 'constant' as const, warmupSteps: 0 };
    const { result } = await record(inputsOf(engine, { ...study, training: constant }));
    const { runs, pairs } = result.timeline!;
    const takenAt = new Map(result.runs.map((run) => [`${run.arm} ${run.seed}`, run.takenAt]));
    const early = runs.filter(({ arm }) => arm === 'early');
    expect(early).toHaveLength(3);
    for (const run of early) {
      const end = takenAt.get(`early ${run.seed}`)!;
      expect(end).toBeLessThan(12);
      expect(run.steps).toEqual([...[1, 5].filter((step) => step < end), end]);
      const own = runOf(result.runs, 'early', run.seed)!.test!;
      expect([run.accuracy.at(-1), run.correct!.at(-1)]).toEqual([own.accuracy, own.correct]);
    }
    const ends = early.map(({ steps }) => steps.at(-1)!);
    for (const { seeds, steps, lambdas, accuracy } of pairs.filter(({ arm }) => arm === 'early')) {
      expect(steps.at(-1)).toBe(Math.max(...seeds.map((seed) => takenAt.get(`early ${seed}`)!)));
      expect(accuracy).toHaveLength(steps.length * lambdas.length);
    }
    const last = Math.max(...ends);
    expect(keptSteps(result, 'early').at(-1)).toBe(last);
    for (const step of [last, 12]) {
      expect(valuesBetween(result, 'early', 'accuracy', step).map(({ value }) => value)).toEqual(
        early.map(({ accuracy }) => accuracy.at(-1)),
      );
      expect(valuesBetween(result, 'early', 'midpoint', step)).toHaveLength(3);
    }
  });

  it('are of every step once, also where an arm is taken at one of them', async () => {
    const arms = [tinyArm('lora'), tinyArm('copra'), tinyArm('lora', 'early', { take: 'updates' })];
    const { analyses, ...study } = config();
    const every = { ...analyses, timeline: { ...timeline, steps: 12 } };
    const { result } = await record(inputsOf(engine, { ...study, arms, analyses: every }));
    const stepsOf = (arm: string) => result.timeline!.runs.filter((run) => run.arm === arm).map(({ steps }) => steps);
    const [whole] = stepsOf('lora');
    const early = stepsOf('early');
    expect(early.some((steps) => steps.at(-1)! < 12 && whole.includes(steps.at(-1)!))).toBe(true);
    for (const steps of early) expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
  });

  it('are of the later steps alone after an interruption, and a notice says so', async () => {
    const checkpoints: StudyCheckpoint[] = [];
    const keep = (checkpoint: StudyCheckpoint) => {
      checkpoints.push(checkpoint);
      return Promise.resolve();
    };
    const straight = await record(inputsOf(engine, config(), { keep, keepEvery: 0 }));
    const resume = checkpoints.find(({ head }) => head.step === 3)!;
    const { events, result } = await record(inputsOf(engine, config(), { resume }));
    expect(noticesOf({ events }).join()).toMatch(/went with the interruption/);
    for (const [i, run] of result.timeline!.runs.entries()) {
      const before = straight.result.timeline!.runs[i];
      expect(run.steps).toEqual([5, 12]);
      expect(run.accuracy).toEqual(before.accuracy.slice(1));
    }
    expect(result.timeline!.pairs.map(({ steps }) => steps)).toEqual(new Array(6).fill([5, 12]));
  });

  it('of studies that are united are those of both, and a notice tells that none are between them', async () => {
    const [first, second] = [
      await record(inputsOf(engine, config([4, 7]))),
      await record(inputsOf(engine, config([9]))),
    ];
    const result = unitedStudy(first.result, second.result);
    const adapters = [first, second].flatMap(adaptersOf);
    const united = await record(inputsOf(engine, result.config, { known: { result, adapters } }));
    const { runs, pairs } = united.result.timeline!;
    expect(runs.map(({ arm, seed }) => `${arm} ${seed}`)).toEqual(
      ['lora', 'copra'].flatMap((arm) => [4, 7, 9].map((seed) => `${arm} ${seed}`)),
    );
    expect(pairs.map(({ seeds }) => seeds)).toEqual([[4, 7], [4, 7]]); // prettier-ignore
    expect(united.events).toContainEqual({ type: 'notice', message: STUDY_NOTICES.notFollowed });
  });

  it('say so where the interruption came right after the only step that was tested', async () => {
    const two = { ...config(), analyses: { ...config().analyses, timeline: { ...timeline, steps: 2 } } };
    const checkpoints: StudyCheckpoint[] = [];
    const keep = (checkpoint: StudyCheckpoint) => Promise.resolve(void checkpoints.push(checkpoint));
    await record(inputsOf(engine, two, { keep, keepEvery: 0 }));
    const noticesAfter = async (step: number) => {
      const resume = checkpoints.find(({ head }) => head.step === step)!;
      const study = await record(inputsOf(engine, two, { resume }));
      return noticesOf(study).filter((notice) => notice.includes('went with the interruption'));
    };
    expect(await noticesAfter(2)).toHaveLength(0);
    expect(await noticesAfter(3)).toHaveLength(1);
  });

  it('know how long the prompts of an adapted text tower are', async () => {
    const plain = await record(inputsOf(engine, trainingOnly()));
    expect('promptTokens' in plain.result.task).toBe(false);
    const arms = [tinyArm('lora', 'lora', { towers: ['vision', 'text'] })];
    const { result } = await record(inputsOf(engine, trainingOnly({ arms })));
    expect(result.task.promptTokens).toBeGreaterThan(1);
  });
});
