/** The merging analysis of whole studies on a tiny model, on the WebAssembly device. */
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { weightedSum } from '../../src/core/flat.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { ensembleScores } from '../../src/study/analyses/merging/run.ts';
import { StudyControl } from '../../src/study/run/control.ts';
import { evaluateAdapters } from '../../src/study/run/evaluate-adapters.ts';
import { evaluationConfig, type GivenAdapter } from '../../src/study/config/evaluation-config.ts';
import { applyEvent, type StudyEvent } from '../../src/study/result/events.ts';
import { MERGES } from '../../src/study/analyses/merging/merges.ts';
import type { MergingResult } from '../../src/study/analyses/merging/result.ts';
import { StudyResultSchema, type StudyResult } from '../../src/study/result/result.ts';
import { lossesByHand } from '../support/scores-by-hand.ts';
import {
  adaptersOf,
  inputsOf,
  noticesOf,
  record,
  tinyArm,
  tinyConfig,
  tinyVitModel,
  trainingOnly,
  type RecordedStudy,
} from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened), 1);

const merging = { enabled: true, scales: [0.5, 1, 2], density: 0.5 };
const config = (() => {
  const plain = trainingOnly({ seeds: [4, 7, 9] });
  return { ...plain, analyses: { ...plain.analyses, merging } };
})();

const entryOf = (result: MergingResult, method: string, alignment = 'none') => {
  const entry = result.merges.find((merge) => merge.method === method && merge.alignment === alignment);
  if (!entry) throw new Error(`no ${method} ${alignment}`);
  return entry;
};

describe('merging the seeds of a study', () => {
  let study: RecordedStudy;
  let merged: readonly MergingResult[];
  beforeAll(async () => {
    study = await record(inputsOf(engine, config));
    merged = study.result.merging ?? [];
  });

  it('tests every merge of every arm, and is valid', () => {
    expect(() => v.parse(v.strictObject(StudyResultSchema.entries), structuredClone(study.result))).not.toThrow();
    expect(merged.map(({ arm }) => arm)).toEqual(['lora', 'copra']);
    for (const { arm, runs, merges, sweep, ensemble, validation } of merged) {
      expect(runs.map(({ seed }) => seed)).toEqual([4, 7, 9]);
      expect(merges.map(({ method, alignment }) => ({ method, alignment }))).toEqual(MERGES);
      for (const { accuracy, loss, scale, rank } of merges) {
        expect(accuracy >= 0 && accuracy <= 1 && loss > 0 && rank > 0).toBe(true);
        expect(merging.scales).toContain(scale);
      }
      expect(sweep?.accuracy).toHaveLength(3);
      expect(ensemble?.loss).toBeGreaterThan(0);
      expect(validation).toBe(9);
      for (const run of runs) {
        const trained = study.result.runs.find((r) => r.arm === arm && r.seed === run.seed);
        expect(run.accuracy).toBeCloseTo(trained?.test?.accuracy ?? NaN, 6);
      }
    }
  });

  it('agrees with itself: λ = 1 of task arithmetic is the average of the updates', () => {
    for (const result of merged) {
      const average = entryOf(result, 'updates');
      expect(result.sweep?.loss[1]).toBeCloseTo(average.loss, 5);
      const { scale, loss } = entryOf(result, 'task-arithmetic');
      expect(loss).toBeCloseTo(result.sweep?.loss[merging.scales.indexOf(scale)] ?? NaN, 5);
    }
  });

  it('tells of every merge as it is done, in patches that add up to the result', () => {
    const events = study.events.filter((event) => event.type === 'found' && event.part === 'merging');
    expect(events).toHaveLength(2 * (1 + MERGES.length));
    const [started] = study.events;
    if (started.type !== 'started') throw new Error('no start');
    expect(study.events.slice(1, -1).reduce(applyEvent, started.result).merging).toEqual(merged);
    expect(structuredClone(events)).toEqual(events);
    const shares = study.events.flatMap((e) => (e.type === 'progress' && e.phase === 'merging' ? [e.done] : []));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeCloseTo(1, 12);
  });

  it('weighs all seeds alike', async () => {
    const inputs = inputsOf(engine, config);
    for (const result of merged) {
      const own = adaptersOf(study).filter(({ arm }) => arm === result.arm);
      const mean = weightedSum(
        own.map(({ values }) => values),
        own.map(() => 1 / 3),
      );
      const [loss] = await lossesByHand(inputs, own[0], [mean], inputs.task.test);
      expect(entryOf(result, 'factors').loss).toBeCloseTo(loss, 5);
    }
  });

  it('takes the λ that is best on validation images, of equally accurate ones that of the lowest loss', async () => {
    const scales = [0.25, 1, 3, 4, 5, 6, 8];
    const swept = { ...config, analyses: { ...config.analyses, merging: { ...merging, scales } } };
    const chosen = (await record(inputsOf(engine, swept))).result.merging!;
    // Where validation images are tested, the sweep is over those.
    const seen = (await record(inputsOf(engine, swept, { testedOn: 'validation' }))).result.merging!;
    const bestOf = ({ sweep }: MergingResult) => {
      const { accuracy, loss } = sweep!;
      const order = [...scales.keys()].sort((a, b) => accuracy[b] - accuracy[a] || loss[a] - loss[b]);
      return scales[order[0]];
    };
    expect(chosen.map((result) => entryOf(result, 'task-arithmetic').scale)).toEqual(seen.map(bestOf));
    expect(chosen.map(bestOf)).not.toEqual(seen.map(bestOf));
    const isTied = ({ sweep }: MergingResult) =>
      sweep!.accuracy.filter((value) => value === Math.max(...sweep!.accuracy)).length > 1;
    expect(seen.some(isTied)).toBe(true);
  });

  it('repeats bit for bit', async () => {
    expect((await record(inputsOf(engine, config))).result.merging).toEqual(merged);
  });

  it('keeps what was merged when it is stopped', async () => {
    const control = new StudyControl();
    const { result } = await record(inputsOf(engine, config, { control }), (event) => {
      if (event.type !== 'found' || event.part !== 'merging') return;
      if (event.found.some(({ merges }) => merges.length === 2)) control.stop();
    });
    expect(result.status).toBe('stopped');
    expect(result.merging?.[0].merges.length).toBeGreaterThanOrEqual(2);
    expect(result.merging?.[0].merges.length).toBeLessThan(MERGES.length);
  });
});

describe('other studies', () => {
  it('without merging have no such result', async () => {
    const { result } = await record(inputsOf(engine, trainingOnly()));
    expect('merging' in result).toBe(false);
  });

  it('of one seed say that there is nothing to merge', async () => {
    const { result, events } = await record(inputsOf(engine, { ...config, seeds: [4] }));
    expect(result.merging).toBeUndefined();
    expect(noticesOf({ events }).join()).toContain('nothing to merge');
  });

  it('without validation images leave λ at 1', async () => {
    const inputs = inputsOf(engine, config);
    const validation = { count: 0, pixels: new Uint8Array(), labels: new Int32Array() };
    const { result } = await record({ ...inputs, task: { ...inputs.task, validation } });
    expect(result.merging?.every(({ merges }) => merges.every(({ scale }) => scale === 1))).toBe(true);
  });

  it('with trained heads average them', async () => {
    const arms = [tinyArm('lora', 'lora', { learningRate: 0.01 })];
    const { result } = await record(inputsOf(engine, { ...config, arms }, { model: tinyVitModel() }));
    const [only] = result.merging ?? [];
    expect(only.merges).toHaveLength(MERGES.length);
    expect(only.ensemble).not.toBeNull();
  });
});

it('adapters that are at hand are merged across arms, whatever their rank', async () => {
  const trained = await record(
    inputsOf(engine, {
      ...trainingOnly(),
      seeds: [4],
      arms: [tinyArm('lora'), tinyArm('copra', 'copra', { rank: 1 })],
    }),
  );
  const adapters = adaptersOf(trained).map((adapter): GivenAdapter => ({
    ...adapter,
    name: adapter.arm,
    arm: null,
    classes: [],
  }));
  const inputs = inputsOf(engine, evaluationConfig({ ...tinyConfig(), analyses: config.analyses }, adapters));
  let result: StudyResult | null = null;
  const events: StudyEvent[] = [];
  for await (const event of evaluateAdapters(inputs, adapters)) {
    events.push(event);
    if (event.type === 'finished') ({ result } = event);
  }
  const [only, ...rest] = result?.merging ?? [];
  expect(rest).toEqual([]);
  expect(only.arm).toBeNull();
  expect(only.runs.map(({ arm }) => arm)).toEqual(['adapter-1', 'adapter-2']);
  expect(only.merges).toHaveLength(MERGES.length);
});

describe('the ensemble of logits', () => {
  it('is the mean of the logits, then softmax', () => {
    // Two runs, two images, two classes.
    const logits = Float32Array.from([2, 0, 0, 1, 0, 1, 0, 3]);
    const { accuracy, loss } = ensembleScores(logits, 2, Int32Array.from([0, 0]));
    expect(accuracy).toBe(0.5); // means (1, ½) and (0, 2)
    expect(loss).toBeCloseTo((Math.log(1 + Math.exp(-0.5)) + Math.log(1 + Math.exp(2))) / 2, 6);
  });
});
