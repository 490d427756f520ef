/** Looks at runs in training: what they show, what they cost, and that nothing changes for them. */
import { describe, expect, it } from 'vitest';
import { barrier } from '../../src/copra/landscape.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { StudyCheckpoint } from '../../src/study/checkpoint/checkpoint.ts';
import type { StudyEvent } from '../../src/study/result/events.ts';
import { PRESETS } from '../../src/study/presets/presets.ts';
import { readAnswers } from '../../src/study/predictions/answers.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import { STRIP_PICTURES, type Glimpse } from '../../src/study/result/glimpse.ts';
import {
  adaptersOf,
  inputsOf,
  record,
  tinyArm,
  tinyConfig,
  tinyTask,
  tinyVitModel,
  trainingOnly,
} from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened));

/** Long enough beside its images that looks fit their share. */
const training = { ...tinyConfig().training, steps: 40, batchSize: 60 };
const config = tinyConfig({ training });

/** Presets by their arms: many have the same. */
const ARMS_OF_PRESETS = [
  ...new Map(PRESETS.map(({ id, config: { arms } }) => [JSON.stringify(arms), { id, arms }])),
].map(([, { id, arms }]) => [id, { arms }] as const);

const findings = ({ provenance: { backend }, ...found }: StudyResult) => ({ ...found, backend });
const glimpsesIn = (events: readonly StudyEvent[]) =>
  events.flatMap((event) => (event.type === 'glimpse' ? [event.glimpse] : []));

describe('a watched study', () => {
  it('ends as one that nobody watches, to the last bit', async () => {
    const alone = await record(inputsOf(engine, config));
    const watched = await record(inputsOf(engine, config, { isWatched: true }));
    expect(glimpsesIn(alone.events)).toEqual([]);
    expect(glimpsesIn(watched.events).length).toBeGreaterThanOrEqual(4);
    expect(findings(watched.result)).toEqual(findings(alone.result));
    expect(adaptersOf(watched)).toEqual(adaptersOf(alone));
    expect(JSON.stringify(watched.result)).not.toContain('glimpse');
  });

  it('is looked at when it goes on after an interruption, too, and ends the same', async () => {
    const kept: StudyCheckpoint[] = [];
    const keep = (checkpoint: StudyCheckpoint) => Promise.resolve(void kept.push(structuredClone(checkpoint)));
    const watched = await record(inputsOf(engine, config, { isWatched: true, keep, keepEvery: 0 }));
    const again = await record(inputsOf(engine, config, { isWatched: true, resume: kept[22] }));
    const later = glimpsesIn(watched.events).filter(({ step }) => step > 22);
    expect(later.length).toBeGreaterThan(1);
    expect(glimpsesIn(again.events)).toEqual(later);
    expect(again.result.runs).toEqual(watched.result.runs);
    expect(again.result.landscape).toEqual(watched.result.landscape);
  });

  it('sees arms that share a training with the adapters of that training', async () => {
    const mean = tinyArm('lora', 'averaged', { take: 'average', averageShare: 0.5 });
    const arms = [tinyArm('lora'), mean, tinyArm('copra')];
    const { events } = await record(inputsOf(engine, { ...config, arms }, { isWatched: true }));
    const apart = await record(inputsOf(engine, { ...config, arms: [arms[0], arms[2]] }, { isWatched: true }));
    const seen = (glimpses: readonly Glimpse[], arm: string) =>
      glimpses.map(({ step, answers, paths }) => ({
        step,
        right: answers.find((one) => one.arm === arm)!.right,
        loss: paths.find((one) => one.arm === arm)!.loss,
      }));
    const [together, alone] = [glimpsesIn(events), glimpsesIn(apart.events)];
    const steps = new Set(together.map(({ step }) => step));
    const both = alone.filter(({ step }) => steps.has(step));
    expect(both.length).toBeGreaterThan(1);
    const atSame = together.filter(({ step }) => both.some((one) => one.step === step));
    expect(seen(atSame, 'lora')).toEqual(seen(both, 'lora'));
    expect(seen(atSame, 'averaged')).toEqual(seen(both, 'lora'));
    expect(seen(atSame, 'copra')).toEqual(seen(both, 'copra'));
  });

  it.each(ARMS_OF_PRESETS)('sees the arms of the preset %s', async (_, { arms }) => {
    const { events } = await record(inputsOf(engine, trainingOnly({ training, arms }), { isWatched: true }));
    const seen = glimpsesIn(events).map(({ answers }) => answers.map(({ arm }) => arm));
    expect(seen.length).toBeGreaterThan(0);
    for (const looked of seen) expect(new Set(looked)).toEqual(new Set(arms.map(({ id }) => id)));
  });

  it('shows at its end what the test shows, of the first pictures, and the ends of the path', async () => {
    const analyses = { ...config.analyses, testImages: STRIP_PICTURES };
    const { events, result } = await record(inputsOf(engine, { ...config, analyses }, { isWatched: true }));
    const last = glimpsesIn(events).at(-1)!;
    expect(last.step).toBe(40);
    const { labels } = tinyTask().test;
    expect(last.answers.map(({ arm, seed }) => [arm, seed])).toEqual([
      ['lora', 4],
      ['copra', 4],
    ]);
    for (const { arm, seed, right } of last.answers) {
      const own = result.predictions!.find((one) => one.of === 'run' && one.arm === arm && one.seeds[0] === seed)!;
      const { predicted } = readAnswers(own.answers);
      expect(right).toEqual(Array.from({ length: STRIP_PICTURES }, (_, i) => predicted[i] === labels[i]));
    }
    expect(last.paths.map(({ arm, seeds }) => [arm, seeds])).toEqual([
      ['lora', [4, 7]],
      ['copra', [4, 7]],
    ]);
    // With as many images as there are, it is the landscape itself.
    expect(last.images).toBe(result.task.test);
    for (const path of last.paths) {
      const own = result.landscape.find((entry) => entry.arm === path.arm && entry.path === 'factor')!;
      expect(path.accuracy).toEqual(own.accuracy);
      expect(barrier(path.lambdas, path.accuracy, 'accuracy')).toBe(own.barrierAccuracy);
    }
  });

  it('has no path where one seed is trained or no landscape is asked for, and pictures all the same', async () => {
    for (const changed of [{ ...config, seeds: [4] }, trainingOnly({ training })]) {
      const { events } = await record(inputsOf(engine, changed, { isWatched: true }));
      const [first] = glimpsesIn(events);
      expect(first.paths).toEqual([]);
      expect(first.answers).toHaveLength(2);
    }
  });

  it('leaves out an arm that diverged', async () => {
    // B becomes −999 times itself in every step.
    const diverging = tinyArm('lora', 'wild', { weightDecay: 1, learningRate: 1, loraPlusRatio: 1000 });
    const wild = tinyConfig({ training, arms: [diverging, tinyArm('copra')] });
    const { events } = await record(inputsOf(engine, wild, { isWatched: true }));
    expect(
      glimpsesIn(events)
        .at(-1)!
        .answers.map(({ arm }) => arm),
    ).toEqual(['copra']);
    expect(
      glimpsesIn(events)
        .at(-1)!
        .paths.map(({ arm }) => arm),
    ).toEqual(['copra']);
  });

  it('of a trained head is looked at in the same way', async () => {
    const { events } = await record(inputsOf(engine, config, { isWatched: true, model: tinyVitModel() }));
    expect(glimpsesIn(events).at(-1)).toMatchObject({ step: 40, answers: [{ arm: 'lora' }, { arm: 'copra' }] });
  });
});
