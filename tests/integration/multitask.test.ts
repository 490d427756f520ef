/** One adapter per task, merged across tasks, on a tiny model on the WebAssembly device. */
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Task } from '../../src/data/task.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { tinyPrompts } from '../../src/engine/tiny-clip.ts';
import { unpackBits } from '../../src/platform/bits.ts';
import type { LoadedBackbone } from '../../src/model/load-backbone.ts';
import { StudyControl } from '../../src/study/run/control.ts';
import { applyEvent } from '../../src/study/result/events.ts';
import { MERGES } from '../../src/study/analyses/merging/merges.ts';
import { StudyResultSchema } from '../../src/study/result/result.ts';
import {
  inputsOf,
  noticesOf,
  record,
  tinyArm,
  tinyModel,
  tinyTask,
  tinyVitModel,
  trainingOnly,
  type RecordedStudy,
} from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';
import { withTrainers } from '../support/with-trainers.ts';
import { runOf } from '../../src/study/result/run-names.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened), 1);

const plain = trainingOnly();
const multitask = { enabled: true, tasks: ['colours', 'food'], parts: 2 };
const config = { ...plain, analyses: { ...plain.analyses, multitask } };

/** Other classes, and so other prompts, on other images: the labels of the colours in reverse. */
function otherTask(): Task {
  const task = tinyTask();
  const turned = (images: Task['train']) => ({ ...images, labels: images.labels.map((label) => 2 - label) });
  return {
    ...task,
    id: 'food',
    name: 'Turned',
    classes: ['x', 'y', 'z'],
    prompts: ['x', 'y', 'z'],
    train: turned(task.train),
    validation: turned(task.validation),
    test: turned(task.test),
  };
}

/** The prompts of both tasks; the tiny model's tokenizer knows them by their place only. */
const PROMPTS = [...tinyTask().prompts, ...otherTask().prompts];

/** The tiny model, which encodes a prompt alike wherever it stands. */
function model(): LoadedBackbone {
  const all = tinyPrompts(PROMPTS.length);
  const length = all.length / PROMPTS.length;
  return {
    ...tinyModel(),
    tokenizer: {
      unknownWords: () => [],
      encodePrompts: (prompts) =>
        Int32Array.from(
          prompts.flatMap((prompt) => {
            const place = PROMPTS.indexOf(prompt);
            return [...all.subarray(place * length, (place + 1) * length)];
          }),
        ),
    },
  };
}

const inputs = (changes: Parameters<typeof inputsOf>[2] = {}) =>
  inputsOf(engine, config, { loadTask: () => Promise.resolve(otherTask()), model: model(), ...changes });

it('holds an arm equal with the arm of the study, also where that one cannot be merged', async () => {
  const arms = [tinyArm('copra', 'dora', { dora: true }), tinyArm('lora', 'early', { take: 'updates' })];
  const { result } = await record({ ...inputs(), config: { ...config, arms } });
  expect(result.status).toBe('complete');
  expect(result.multitask!.runs.map(({ arm, seed }) => [arm, seed])).toEqual([
    ['early', 4],
    ['early', 7],
  ]);
});

describe('merging across tasks', () => {
  let study: RecordedStudy;
  beforeAll(async () => void (study = await record(inputs())));

  it('tests every merge of every arm and seed on every task, and is valid', () => {
    const { result } = study;
    expect(() => v.parse(v.strictObject(StudyResultSchema.entries), structuredClone(result))).not.toThrow();
    const found = result.multitask;
    expect(found?.tasks.map(({ name, test, validation }) => [name, test, validation])).toEqual([
      ['Colours', 40, 9],
      ['Turned', 40, 9],
    ]);
    expect(found?.runs.map(({ arm, seed }) => [arm, seed])).toEqual(result.runs.map(({ arm, seed }) => [arm, seed]));
    expect(found?.runs).toHaveLength(4);
    for (const { merges, single, ensemble } of found?.runs ?? []) {
      expect(merges.map(({ method, alignment }) => ({ method, alignment }))).toEqual(MERGES);
      for (const { own, joint } of [single, ensemble, ...merges]) {
        expect(own).toHaveLength(2);
        own.forEach((accuracy, task) => expect(joint[task]).toBeLessThanOrEqual(accuracy));
      }
    }
  });

  it('takes the runs of the study for its own task', () => {
    const { runs } = study.result.multitask!;
    expect(runs).toHaveLength(4);
    for (const { arm, seed, single } of runs) {
      const run = runOf(study.result.runs, arm, seed);
      expect(single.own[0]).toBeCloseTo(run?.test?.accuracy ?? NaN, 12);
      expect(unpackBits(single.correct!, 80, 'answers').subarray(0, 40)).toEqual(
        unpackBits(run!.test!.correct!, 40, 'answers'),
      );
    }
    expect(study.result.multitask?.zeroShot.own[0]).toBeCloseTo(study.result.task.zeroShot?.accuracy ?? NaN, 12);
  });

  it('trains on the other task as a study of that task does', async () => {
    const alone = await record(inputsOf(engine, { ...plain, task: 'food' }, { task: otherTask(), model: model() }));
    const { runs } = study.result.multitask!;
    expect(runs).toHaveLength(4);
    for (const { arm, seed, single } of runs) {
      const run = runOf(alone.result.runs, arm, seed);
      expect(single.own[1]).toBeCloseTo(run?.test?.accuracy ?? NaN, 12);
      expect(unpackBits(single.correct!, 80, 'answers').subarray(40)).toEqual(
        unpackBits(run!.test!.correct!, 40, 'answers'),
      );
    }
  });

  it('keeps no adapters on the way of another task, of which no analysis asks', async () => {
    const kept = async (analyses: Partial<typeof config.analyses>): Promise<number[]> => {
      const ofTrainers: number[] = [];
      const watched = withTrainers(engine, (trainer) => {
        const mine = ofTrainers.push(0) - 1;
        return { adapters: () => (ofTrainers[mine]++, trainer.adapters()) };
      });
      await record({
        ...inputs(),
        engine: watched,
        config: { ...config, analyses: { ...config.analyses, ...analyses } },
      });
      return ofTrainers;
    };
    const timeline = { enabled: true, steps: 4, points: 3 };
    const [without, along] = [await kept({}), await kept({ timeline })];
    expect(along[0]).toBeGreaterThan(without[0]);
    expect(along.slice(1)).toEqual(without.slice(1));
  });

  it('tells of nothing but its own runs, in patches that add up to the result', () => {
    const { events, result } = study;
    const [started] = events;
    if (started.type !== 'started') throw new Error('no start');
    const last = events.slice(1, -1).reduce(applyEvent, started.result);
    expect(last.multitask).toEqual(result.multitask);
    expect(last.runs).toEqual(result.runs);
    expect(events.filter(({ type }) => type === 'adapter')).toHaveLength(4);
    const shares = events.flatMap((e) => (e.type === 'progress' && e.phase === 'multitask' ? [e.done] : []));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeCloseTo(1, 12);
  });

  it('repeats bit for bit', async () => {
    expect((await record(inputs())).result.multitask).toEqual(study.result.multitask);
  });

  it('keeps what was merged when it is stopped', async () => {
    const control = new StudyControl();
    const { result } = await record(inputs({ control }), (event) => {
      if (event.type === 'found' && event.part === 'multitask' && event.found.runs.length === 2) control.stop();
    });
    expect(result.status).toBe('stopped');
    expect(result.multitask?.runs.length).toBeGreaterThanOrEqual(2);
    expect(result.multitask?.runs.length).toBeLessThan(4);
  });
});

it('takes the λ that is best on validation images, never on test images', async () => {
  const one = { ...config, arms: [tinyArm('lora')], seeds: [4] };
  const merging = { enabled: false, scales: [0.01, 1], density: 0.5 };
  const analyses = { ...one.analyses, merging };
  /** Validation images under the names of others: the less is learned, the better. */
  const misnamed = (task: Task): Task => {
    const { validation } = task;
    return { ...task, validation: { ...validation, labels: validation.labels.map((label) => (label + 2) % 3) } };
  };
  const scaleOf = async (turn: (task: Task) => Task) => {
    const tasks = { task: turn(tinyTask()), loadTask: () => Promise.resolve(turn(otherTask())) };
    const { result } = await record({ ...inputs(tasks), config: { ...one, analyses } });
    const [{ merges }] = result.multitask!.runs;
    return merges.find(({ method }) => method === 'task-arithmetic')!.scale;
  };
  expect(await scaleOf((task) => task)).toBe(1);
  expect(await scaleOf(misnamed)).toBe(0.01);
});

it('leaves λ at 1 where one of the tasks has no validation images', async () => {
  const none = { count: 0, pixels: new Uint8Array(), labels: new Int32Array() };
  const loadTask = () => Promise.resolve({ ...otherTask(), validation: none });
  const one = { ...config, arms: [tinyArm('lora')], seeds: [4] };
  const { result } = await record({ ...inputs({ loadTask }), config: one });
  expect(result.multitask!.runs[0].merges.map(({ scale }) => scale)).toEqual(MERGES.map(() => 1));
  expect(result.multitask!.tasks.map(({ validation }) => validation)).toEqual([0, 0]);
});

describe('other studies', () => {
  it('say why fewer than two tasks, or one of them twice, cannot be merged', async () => {
    const withTasks = (tasks: string[]) =>
      inputsOf(engine, { ...config, analyses: { ...config.analyses, multitask: { ...multitask, tasks } } });
    await expect(record(withTasks(['colours']))).rejects.toThrow(/at least two/);
    await expect(record(withTasks(['colours', 'colours']))).rejects.toThrow(/twice/);
    await expect(record(withTasks([]))).rejects.toThrow(/cannot become 2 tasks/);
  });

  it('refuse a task that there is not before anything is trained', async () => {
    const told: string[] = [];
    const multitasks = { ...multitask, tasks: ['colours', 'fodo'] };
    const wrong = { ...config, analyses: { ...config.analyses, multitask: multitasks } };
    const refused = record(inputsOf(engine, wrong), ({ type }) => told.push(type));
    await expect(refused).rejects.toThrow(/no bundled task “fodo”\. Choose one of .*food/);
    expect(told).not.toContain('found');
  });

  it('with trained heads go without', async () => {
    const { result, events } = await record(inputs({ model: tinyVitModel() }));
    expect(result.multitask).toBeUndefined();
    expect(noticesOf({ events }).join()).toContain('reads class names');
  });
});
