/** A study of LoRA and DoRA arms with every analysis on, and DoRA adapters through PEFT's files, on the WebAssembly device. */
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { parsePeftConfig } from '../../src/model/peft/config.ts';
import { readPeft } from '../../src/model/peft/read.ts';
import { writePeft } from '../../src/model/peft/write.ts';
import { parseSafetensors } from '../../src/model/safetensors.ts';
import type { StudyConfig } from '../../src/study/config/config.ts';
import { evaluateAdapters } from '../../src/study/run/evaluate-adapters.ts';
import { evaluationConfig, type GivenAdapter } from '../../src/study/config/evaluation-config.ts';
import type { StudyEvent } from '../../src/study/result/events.ts';
import { USUAL_FEDERATED } from '../../src/study/analyses/federated/settings.ts';
import { USUAL_MERGING } from '../../src/study/analyses/merging/settings.ts';
import { StudyResultSchema, type StudyResult } from '../../src/study/result/result.ts';
import type { RunAdapter } from '../../src/study/result/run-adapter.ts';
import { runStudy } from '../../src/study/run/run-study.ts';
import {
  adaptersOf,
  inputsOf,
  noticesOf,
  record,
  tinyArm,
  tinyConfig,
  tinyTask,
  trainingOnly,
  type RecordedStudy,
} from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';
import { runOf } from '../../src/study/result/run-names.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened));

const ARMS = [tinyArm('lora'), tinyArm('lora', 'dora', { dora: true }), tinyArm('copra', 'copra-dora', { dora: true })];

function everything(): StudyConfig {
  const config = tinyConfig({ arms: ARMS });
  return {
    ...config,
    training: { ...config.training, steps: 40, batchSize: 12 },
    analyses: {
      ...config.analyses,
      landscape: { ...config.analyses.landscape, alignments: ['orthogonal', 'invertible'], trainImages: 12 },
      shapley: { ...config.analyses.shapley, evolution: true },
      merging: USUAL_MERGING,
      multitask: { enabled: true, tasks: ['colours', 'food'], parts: 2 },
      federated: { ...USUAL_FEDERATED, clients: 2, rounds: 2, localSteps: 2, rules: ['fedit', 'rotated'] },
      plane: { enabled: true, grid: 3 },
      geometry: { enabled: true },
      snapshots: 3,
    },
  };
}

/** Through the files of PEFT and back. */
function throughFiles({ arm, seed, layout, scale, values, base }: RunAdapter): GivenAdapter {
  const options = { base, baseModel: null, revision: null, naming: 'v5', scaling: null } as const;
  const { config, weights } = writePeft({ layout, scale, values }, options);
  const peft = parsePeftConfig(new TextEncoder().encode(config).buffer);
  const back = readPeft(peft, parseSafetensors(weights), base);
  expect(back.warnings).toEqual([]);
  return { name: `${arm} ${seed}`, arm: null, classes: [], ...back };
}

async function evaluate(config: StudyConfig, adapters: readonly GivenAdapter[]) {
  const inputs = inputsOf(engine, evaluationConfig(config, adapters));
  const events: StudyEvent[] = [];
  for await (const event of evaluateAdapters(inputs, adapters)) events.push(event);
  const last = events.at(-1);
  if (last?.type !== 'finished') throw new Error('The evaluation did not finish.');
  return { result: last.result, notices: noticesOf({ events }) };
}

describe('a study of LoRA and DoRA arms', () => {
  let study: RecordedStudy;
  let result: StudyResult;
  beforeAll(async () => {
    const other = { ...tinyTask(), id: 'food', name: 'Other', classes: ['x', 'y', 'z'] };
    study = await record(inputsOf(engine, everything(), { loadTask: () => Promise.resolve(other) }));
    ({ result } = study);
  }, 240_000);

  const armsOf = (list: readonly { readonly arm: string | null }[] = []) => [...new Set(list.map(({ arm }) => arm))];
  const all = ['lora', 'dora', 'copra-dora'];

  it('is complete and valid, and its runs learn', () => {
    expect(result.status).toBe('complete');
    expect(() => v.parse(v.strictObject(StudyResultSchema.entries), structuredClone(result))).not.toThrow();
    for (const { test, arm } of result.runs)
      if (arm !== 'copra-dora') expect(test?.accuracy, arm).toBeGreaterThan(result.task.zeroShot?.accuracy ?? 1);
    const moved = adaptersOf(study)
      .filter(({ layout }) => layout.dora)
      .map(({ layout, values }) =>
        Math.hypot(
          ...layout.pairs.flatMap(({ magnitudeOffset, outFeatures }) => [
            ...values.subarray(magnitudeOffset ?? 0, (magnitudeOffset ?? 0) + outFeatures),
          ]),
        ),
      );
    expect(moved).toHaveLength(4);
    moved.forEach((length) => expect(length).toBeGreaterThan(0.01));
  });

  it('has what works on factors for every arm', () => {
    expect(armsOf(result.landscape.filter(({ path }) => path === 'factor'))).toEqual(all);
    expect(armsOf(result.landscape.filter(({ alignment }) => alignment === 'invertible'))).toEqual(all);
    for (const part of [result.shapley, result.pruning, result.planes, result.federated?.runs])
      expect(armsOf(part)).toEqual(all);
    const scopes = (arm: string) =>
      result.pruning
        .filter((entry) => entry.arm === arm)
        .flatMap((entry) => entry.unstructured.map(({ scope }) => scope));
    expect(scopes('dora')).toEqual(['factors', 'tensors', 'factors', 'tensors']);
    expect(scopes('lora')).toEqual(['factors', 'update', 'tensors', 'factors', 'update', 'tensors']);
    const [{ structured, accuracy }] = result.pruning
      .filter(({ arm }) => arm === 'dora')
      .map((entry) => ({
        ...entry,
        accuracy: runOf(result.runs, 'dora', entry.seed)?.test?.accuracy,
      }));
    expect(structured.find(({ label }) => label === 'all')?.accuracy).toBe(accuracy);
    expect(structured.find(({ label }) => label === 'none')?.accuracy).toBe(result.task.zeroShot?.accuracy);
    expect(structured.some(({ label }) => label.startsWith('norm-'))).toBe(true);
  });

  it('lacks DoRA where updates have to be of low rank, and says so once per analysis', () => {
    expect(armsOf(result.landscape.filter(({ path }) => path === 'product'))).toEqual(['lora']);
    expect(armsOf(result.merging)).toEqual(['lora']);
    expect(armsOf(result.multitask?.runs)).toEqual(['lora']);
    expect(armsOf(result.geometry?.points)).toEqual(['lora']);
    expect(result.federated?.runs.map(({ arm, error }) => [arm, error.length])).toEqual(
      all.flatMap((arm) => ['fedit', 'rotated'].map(() => [arm, arm === 'lora' ? 2 : 0])),
    );
    expect(noticesOf(study).filter((notice) => notice.includes('DoRA adapters are not of low rank'))).toEqual(
      [
        'the product path',
        'the distances between adapters',
        'pruning the entries of ΔW',
        'merging',
        'the errors of aggregation',
        'merging across tasks',
      ].map((what) => `dora and copra-dora are left out of ${what}: the updates of DoRA adapters are not of low rank.`),
    );
  });

  it('leaves adapters that score the same to the last image behind PEFT’s files', async () => {
    const dora = adaptersOf(study).filter(({ layout }) => layout.dora);
    const { result: evaluated } = await evaluate(trainingOnly({ arms: ARMS }), dora.map(throughFiles));
    expect(evaluated.runs.map(({ test }) => test?.accuracy)).toEqual(
      dora.map(({ arm, seed }) => runOf(result.runs, arm, seed)?.test?.accuracy),
    );
    expect(evaluated.config.arms.every(({ dora: is }) => is)).toBe(true);
  });

  it('leaves adapters of both kinds that are evaluated together', async () => {
    const given = adaptersOf(study).map(throughFiles);
    const { result: evaluated, notices } = await evaluate(everything(), given.slice(0, 4));
    expect(evaluated.status).toBe('complete');
    // Two LoRA, two DoRA adapters: a factor path within either kind, a product path between the LoRA adapters.
    expect(
      evaluated.landscape.filter(({ alignment }) => !alignment).map(({ path, seeds }) => [path, ...seeds]),
    ).toEqual([
      ['factor', 1, 2],
      ['product', 1, 2],
      ['factor', 3, 4],
    ]);
    expect(evaluated.merging).toHaveLength(1);
    expect(evaluated.merging?.[0].runs.map(({ arm }) => arm)).toEqual(['adapter-1', 'adapter-2']);
    expect(notices.filter((notice) => notice.includes('have no form in common'))).toHaveLength(1);
  });

  it('has the plane of the DoRA adapters beside a single LoRA adapter, in whatever order they are', async () => {
    const [, single, one, other] = adaptersOf(study).map(throughFiles);
    for (const [given, arms] of [
      [
        [single, one, other],
        ['adapter-2', 'adapter-3'],
      ],
      [
        [one, single, other],
        ['adapter-1', 'adapter-3'],
      ],
    ] as const) {
      const { result: evaluated, notices } = await evaluate(everything(), given);
      expect(evaluated.planes?.map(({ trajectories }) => trajectories.map(({ arm }) => arm))).toEqual([arms]);
      expect(notices.join()).toContain('planes and merges are of DoRA adapters only');
    }
  });
});

it('a federated rule for updates of low rank is refused, naming arm and rule', async () => {
  const plain = trainingOnly({ arms: ARMS });
  const federated = { ...USUAL_FEDERATED, rules: ['fedit', 'fedex-lora'] as const };
  const config = {
    ...plain,
    analyses: { ...plain.analyses, federated: { ...federated, rules: [...federated.rules] } },
  };
  const study = async () => {
    for await (const _event of runStudy(inputsOf(engine, config))) void _event;
  };
  await expect(study()).rejects.toThrow(/FedEx-LoRA needs updates of low rank, which those of “dora” are not.*FedIT/);
});

it('only DoRA arms leave nothing to merge, and say so', async () => {
  const plain = trainingOnly({ arms: ARMS.slice(1) });
  const analyses = { ...plain.analyses, merging: USUAL_MERGING, geometry: { enabled: true } };
  const { result, events } = await record(inputsOf(engine, { ...plain, analyses }));
  expect(result.status).toBe('complete');
  expect([result.merging, result.geometry]).toEqual([undefined, undefined]);
  expect(noticesOf({ events })).toHaveLength(2);
});
