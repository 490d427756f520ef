/** Adapters that leave a study as files and come back are evaluated like the runs they came from. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { parsePeftConfig } from '../../src/model/peft/config.ts';
import { readPeft } from '../../src/model/peft/read.ts';
import { parseSafetensors } from '../../src/model/safetensors.ts';
import { findAdapters } from '../../src/share/adapter/find.ts';
import { adapterFolder, zipFolder } from '../../src/share/adapter/folder.ts';
import { armOf, classesIn } from '../../src/share/adapter/provenance.ts';
import { listAdapters, type ListedAdapter } from '../../src/state/adapters/adapter-list.ts';
import { createAdaptersStore, reduceAdapterEvent } from '../../src/state/adapters/adapters-store.ts';
import type { StudyConfig } from '../../src/study/config/config.ts';
import { evaluateAdapters } from '../../src/study/run/evaluate-adapters.ts';
import { evaluationConfig, type GivenAdapter } from '../../src/study/config/evaluation-config.ts';
import type { StudyEvent } from '../../src/study/result/events.ts';
import type { StudyResult } from '../../src/study/result/result.ts';
import {
  inputsOf,
  noticesOf,
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

const adaptersOf = ({ events, result }: RecordedStudy): ListedAdapter[] =>
  listAdapters(
    events.reduce<ReturnType<typeof reduceAdapterEvent>>(reduceAdapterEvent, createAdaptersStore().getState()),
    result,
  );

/** Through a zip and back. */
async function throughFile(adapter: ListedAdapter, classes: readonly string[] = []): Promise<GivenAdapter> {
  const { name, base, backbone, scaling, provenance } = adapter;
  const facts = {
    name,
    adapter,
    base,
    backbone,
    scaling,
    provenance,
    classes,
    trainedFor: null,
    naming: 'v5',
    weights: [],
    appVersion: 'test',
  } as const;
  const zip = zipFolder('folder', await adapterFolder(facts));
  const [found] = await findAdapters([{ path: 'adapter.zip', blob: new Blob([zip]) }]);
  expect(found.name).toBe(name);
  const read = readPeft(parsePeftConfig(found.config), parseSafetensors(await found.weights()), base);
  expect(read.warnings).toEqual([]);
  expect(read.values).toEqual(adapter.values);
  expect(read.layout).toEqual(adapter.layout);
  expect(read.scale).toBe(adapter.scale);
  const given = classesIn(found.copra, read.layout.head?.classes ?? 0);
  return { name: found.name, arm: armOf(found.copra), classes: given, ...read };
}

async function evaluate(
  config: StudyConfig,
  adapters: readonly GivenAdapter[],
  changes: Parameters<typeof inputsOf>[2] = {},
): Promise<{ events: StudyEvent[]; result: StudyResult }> {
  const inputs = inputsOf(engine, evaluationConfig(config, adapters), changes);
  const events: StudyEvent[] = [];
  for await (const event of evaluateAdapters(inputs, adapters)) events.push(event);
  const last = events.at(-1);
  if (last?.type !== 'finished') throw new Error('The evaluation did not finish.');
  return { events, result: last.result };
}

describe('adapters of a study, through their files', () => {
  let study: RecordedStudy;
  let evaluated: StudyResult;
  let listed: ListedAdapter[];
  const config = tinyConfig();
  beforeAll(async () => {
    study = await record(inputsOf(engine, config));
    listed = adaptersOf(study);
    const back = await Promise.all(listed.map((adapter) => throughFile(adapter)));
    ({ result: evaluated } = await evaluate(config, back));
  });

  it('score the same to the last image', () => {
    expect(evaluated.status).toBe('complete');
    expect(evaluated.runs.map(({ test }) => test)).toEqual(study.result.runs.map(({ test }) => test));
    expect(evaluated.config.arms.map(({ name, method }) => [name, method])).toEqual([
      ['lora · seed 4', 'lora'],
      ['lora · seed 7', 'lora'],
      ['copra · seed 4', 'copra'],
      ['copra · seed 7', 'copra'],
    ]);
  });

  it('have the same Shapley values and survive the same pruning', () => {
    const values = ({ shapley }: StudyResult) =>
      shapley.map(({ accuracy, loss, residual }) => ({ accuracy, loss, residual }));
    expect(values(evaluated)).toEqual(values(study.result));
    // Random masks are drawn by the run's number, which is another here.
    const pruned = ({ pruning }: StudyResult) =>
      pruning.map(({ structured, unstructured }) => ({
        structured: structured.filter(({ label }) => !label.startsWith('random')),
        unstructured,
      }));
    expect(pruned(evaluated)).toEqual(pruned(study.result));
  });

  it('have a landscape between every two, the study’s own where it has one', () => {
    expect(evaluated.landscape).toHaveLength(6 * 2);
    const of = (result: StudyResult, arm: string, seeds: number[], path: string) =>
      result.landscape.find((l) => l.arm === arm && l.path === path && l.seeds.join() === seeds.join())!;
    for (const path of ['factor', 'product']) {
      expect(of(evaluated, 'adapter-1', [1, 2], path).accuracy).toEqual(
        of(study.result, 'lora', [4, 7], path).accuracy,
      );
      expect(of(evaluated, 'adapter-3', [3, 4], path).loss).toEqual(of(study.result, 'copra', [4, 7], path).loss);
    }
  });

  it('of different layouts are aligned for the landscape', async () => {
    const other = await record(
      inputsOf(
        engine,
        trainingOnly({ arms: [tinyArm('lora', 'wide', { rank: 3, projections: ['v', 'fc1'] })], seeds: [1] }),
      ),
    );
    const [wide] = adaptersOf(other);
    const { result } = await evaluate(config, [listed[0], wide]);
    expect(result.runs.map(({ test }) => test!.accuracy)).toEqual([
      study.result.runs[0].test!.accuracy,
      other.result.runs[0].test!.accuracy,
    ]);
    const [factor] = result.landscape;
    expect(factor.accuracy[0]).toBe(result.runs[0].test!.accuracy);
    expect(factor.accuracy.at(-1)).toBe(result.runs[1].test!.accuracy);
    expect(result.config.arms[1]).toMatchObject({ rank: 3, projections: ['v', 'fc1'], towers: ['vision'] });
  });
});

it('a classifier goes with its adapter', async () => {
  const model = tinyVitModel();
  const config = trainingOnly({ arms: [tinyArm('lora')], seeds: [2] });
  const study = await record(inputsOf(engine, config, { model }));
  const back = await throughFile(adaptersOf(study)[0], study.result.task.classes);
  const { result } = await evaluate(config, [back], { model });
  expect(result.runs[0].test).toEqual(study.result.runs[0].test);
  // Its classes in another order than the task has them: each keeps its answers.
  const { head } = back.layout;
  const names = back.classes;
  const order = names.map((_, i) => (i + 1) % names.length);
  const turned = back.values.slice();
  for (const [row, from] of order.entries()) {
    const at = head!.weightOffset + from * head!.features;
    turned.set(back.values.subarray(at, at + head!.features), head!.weightOffset + row * head!.features);
    turned[head!.biasOffset + row] = back.values[head!.biasOffset + from];
  }
  const other = { ...back, values: turned, classes: order.map((from) => names[from]) };
  const again = await evaluate(config, [other], { model });
  expect(again.result.runs[0].test).toEqual(study.result.runs[0].test);
  expect(noticesOf(again)).toEqual([]);
  const unsaid = await evaluate(config, [{ ...other, classes: [] }], { model });
  expect(unsaid.result.runs[0].test).not.toEqual(study.result.runs[0].test);
  expect(noticesOf(unsaid).join()).toContain('does not say which classes it tells apart');
  const elsewhere = { ...back, classes: names.map((name) => `${name} elsewhere`) };
  await expect(evaluate(config, [elsewhere], { model })).rejects.toThrow(/tells other classes apart.*does not know/);
  const headless = { ...back, layout: { ...back.layout, head: null } };
  await expect(evaluate(config, [headless], { model })).rejects.toThrow('brings no classifier');
  const task = { ...tinyTask(), classes: ['red', 'green', 'blue', 'grey'], prompts: ['r', 'g', 'b', 'grey'] };
  await expect(evaluate(config, [back], { model, task })).rejects.toThrow(/3 classes.* 4/);
});

it('nothing, too many, and classes of another task are refused', async () => {
  const config = trainingOnly({ arms: [tinyArm('lora')], seeds: [2] });
  const study = await record(inputsOf(engine, config));
  const [adapter] = adaptersOf(study);
  await expect(evaluate(config, [])).rejects.toThrow();
  await expect(evaluate(config, new Array<GivenAdapter>(9).fill(adapter))).rejects.toThrow();
});
