/** What adapters of a backbone without a text tower are held against: a head trained alone on its frozen features. */
import { beforeAll, describe, expect, it } from 'vitest';
import { unpackBits } from '../../src/platform/bits.ts';
import { mean } from '../../src/core/statistics.ts';
import { clearRetainedGain } from '../../src/copra/retained-gain.ts';
import type { LabelledImages } from '../../src/data/task.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { decodeResultLink, encodeResultLink } from '../../src/share/link/result-link.ts';
import { StudyControl } from '../../src/study/run/control.ts';
import { withoutAnswers } from '../../src/study/result/measures/image-variances.ts';
import { MEASURES } from '../../src/study/result/measures/measures.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import {
  adaptersOf,
  inputsOf,
  record,
  tinyArm,
  tinyConfig,
  tinyTask,
  tinyVitModel,
  trainingOnly,
  type RecordedStudy,
} from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened));

const vit = (config = tinyConfig(), changes: Parameters<typeof inputsOf>[2] = {}) =>
  inputsOf(engine, config, { model: tinyVitModel(), ...changes });

const headOf = ({ task }: StudyResult) => {
  if (!task.headOnly) throw new Error('The study measured no head.');
  return task.headOnly;
};

describe('a study of a ViT', () => {
  let study: RecordedStudy;
  beforeAll(async () => void (study = await record(vit())));

  it('measures a head on the frozen backbone before it trains', () => {
    const kinds = study.events.map(({ type }) => type);
    expect(kinds.indexOf('head-only')).toBeGreaterThan(0);
    expect(kinds.indexOf('head-only')).toBeLessThan(kinds.indexOf('found'));
    const { accuracy, loss, correct } = headOf(study.result);
    expect(mean(unpackBits(correct!, 40, 'answers'))).toBeCloseTo(accuracy, 12);
    // Colours shine through features of random weights.
    expect(accuracy).toBeGreaterThan(0.5);
    expect(loss).toBeLessThan(Math.log(3));
  });

  it('counts every gain from there', () => {
    const { accuracy: base } = headOf(study.result);
    for (const { lambdas, accuracy, midpointRetainedGain } of study.result.landscape) {
      const [start, middle, end] = [0, lambdas.indexOf(0.5), lambdas.length - 1].map((i) => accuracy[i]);
      expect(midpointRetainedGain).toBe(clearRetainedGain(middle, base, (start + end) / 2, 40));
    }
    for (const { structured } of study.result.pruning) {
      const all = structured.find(({ label }) => label === 'all')!.accuracy;
      for (const { accuracy, retainedGain: kept } of structured)
        expect(kept).toBe(clearRetainedGain(accuracy, base, all, 40));
    }
  });

  it('tells as much in a link, and without the answers to single images', () => {
    const { accuracy, loss } = headOf(study.result);
    const decoded = decodeResultLink(encodeResultLink(study.result).fragment);
    if (!decoded.ok) throw new Error('The link does not open.');
    expect(decoded.result.task.zeroShot).toBeNull();
    expect(decoded.result.task.headOnly?.accuracy).toBe(accuracy);
    expect(decoded.result.task.headOnly?.loss).toBeCloseTo(loss, 5);
    expect(withoutAnswers(study.result, MEASURES).task.headOnly).toEqual({ accuracy, loss });
  });

  it('repeats bit for bit, whatever the arms are', async () => {
    const again = await record(vit(trainingOnly({ seeds: [1], arms: [tinyConfig().arms[1]] })));
    expect(headOf(again.result)).toEqual(headOf(study.result));
  });
});

it('finds nothing where there is nothing to find: noise has the accuracy of chance', async () => {
  const task = tinyTask(60);
  const shuffled = { ...task.train, labels: task.train.labels.map((_, i) => Math.floor(i / 7) % 3) };
  const { result } = await record(vit(trainingOnly({ seeds: [1] }), { task: { ...task, train: shuffled } }));
  expect(headOf(result).accuracy).toBeLessThan(0.6);
});

it('is worth chance where all images are alike', async () => {
  const task = tinyTask();
  const flat = (images: LabelledImages) => ({ ...images, pixels: images.pixels.map(() => 90) });
  const alike = { ...task, train: flat(task.train), validation: flat(task.validation), test: flat(task.test) };
  const { result } = await record(vit(trainingOnly({ seeds: [1] }), { task: alike }));
  expect(headOf(result).loss).toBeCloseTo(Math.log(3), 2);
});

it('is that of all training images, in whatever order they are read, portion by portion', async () => {
  const task = tinyTask(90);
  const { count, labels, pixels } = task.train;
  const length = pixels.length / count;
  const byClass = [...labels.keys()].sort((a, b) => labels[a] - labels[b] || a - b);
  const sorted = {
    count,
    labels: Int32Array.from(byClass, (i) => labels[i]),
    pixels: Uint8Array.from(byClass.flatMap((i) => [...pixels.subarray(i * length, (i + 1) * length)])),
  };
  const config = trainingOnly({ seeds: [1], arms: [tinyArm('lora')] });
  const one = await record(vit(config, { task }));
  const other = await record(vit(config, { task: { ...task, train: sorted } }));
  expect(headOf(other.result).loss).toBeCloseTo(headOf(one.result).loss, 2);
});

it('sees no more images than the arms do, and needs no validation images', async () => {
  const task = tinyTask(30);
  const few = { ...tinyConfig().training, steps: 1, batchSize: 3 };
  const none = { count: 0, pixels: new Uint8Array(), labels: new Int32Array() };
  const trained = { count: 3, pixels: task.train.pixels.slice(0, 3 * 192), labels: task.train.labels.slice(0, 3) };
  const heads = [];
  for (const train of [task.train, trained]) {
    const config = trainingOnly({ seeds: [1], training: few });
    heads.push(headOf((await record(vit(config, { task: { ...task, train, validation: none } }))).result));
  }
  expect(heads[1]).toEqual(heads[0]);
});

it('can be stopped while the head is measured', async () => {
  const control = new StudyControl();
  const { result } = await record(vit(tinyConfig(), { control }), (event) => {
    if (event.type === 'progress' && event.phase === 'prepare') control.stop();
  });
  expect(result.status).toBe('stopped');
  expect(result.task.headOnly).toBeUndefined();
});

it('measures no head where prompts classify', async () => {
  const { result, events } = await record(inputsOf(engine, trainingOnly({ seeds: [1] })));
  expect(result.task.headOnly).toBeUndefined();
  expect(events.some(({ type }) => type === 'head-only')).toBe(false);
  expect(result.task.zeroShot).not.toBeNull();
});

it('adds no seeds to a study that held adapters against no head', async () => {
  const config = trainingOnly({ seeds: [1] });
  const before = await record(vit(config));
  const { result } = before;
  const adapters = adaptersOf(before);
  const { headOnly, ...task } = result.task;
  expect(headOnly).toBeDefined();
  const more = { ...config, seeds: [1, 2] };
  await expect(record(vit(more, { known: { result: { ...result, task }, adapters } }))).rejects.toThrow(
    /held adapters against no head trained alone: it has to be run anew/,
  );
  const added = await record(vit(more, { known: { result, adapters } }));
  expect(headOf(added.result)).toEqual(headOnly);
});
