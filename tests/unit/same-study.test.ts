/** What `npm run compare` says of two results. */
import { describe, expect, it } from 'vitest';
import { agreementOf, differentPaths } from '../../scripts/compare/same-study.ts';
import { packBits } from '../../src/platform/bits.ts';
import type { LandscapeResult } from '../../src/study/analyses/landscape/result.ts';
import type { RunResult, StudyResult } from '../../src/study/result/result.ts';
import { testedImages } from '../../src/study/result/tested-images.ts';
import type { FederatedRun } from '../../src/study/analyses/federated/result.ts';
import { federatedFixture } from '../fixtures/federated.ts';
import { tinyConfig } from '../support/tiny-study.ts';

const run = (seed: number, changes: Partial<RunResult> = {}): RunResult => ({
  arm: 'lora',
  seed,
  lossSteps: [2, 4],
  losses: [1, 0.5],
  validation: [],
  gates: packBits([1, 0, 1]),
  steps: 4,
  test: { accuracy: 0.5, loss: 0.7, correct: packBits([1, 0, 1, 0]) },
  ...changes,
});

const result = (runs: readonly RunResult[], changes: Partial<StudyResult> = {}): StudyResult => ({
  version: 1,
  config: tinyConfig(),
  provenance: { date: '2026', backend: 'wasm', device: 'x', software: false, appVersion: '1', seconds: 1 },
  task: {
    name: 'T',
    classes: ['a', 'b'],
    train: 8,
    validation: 0,
    test: 4,
    chance: 0.5,
    zeroShot: null,
    labels: 'AAEAAQ==',
  },
  runs: [...runs],
  landscape: [],
  shapley: [],
  pruning: [],
  status: 'complete',
  ...changes,
});

describe('two results of one study', () => {
  it('agree with themselves, whatever their weights are called', () => {
    const one = result([run(4), run(7)]);
    const found = agreementOf(one, { ...one, config: { ...one.config, backbone: '/models/tiny' } });
    expect(found).toMatchObject({
      backbones: ['tiny', '/models/tiny'],
      settings: [],
      otherImages: null,
      missing: [],
      runs: 2,
      testLoss: 0,
      trainingLoss: 0,
    });
    expect(found.gates).toEqual({ equal: 2, of: 2 });
    expect(found.answers).toEqual({ other: [], of: 8 });
    expect(found.paths).toBeNull();
  });

  it('agree with themselves on paths between seeds, aligned ones too', () => {
    const along = (accuracy: number[], alignment?: 'orthogonal' | 'invertible'): LandscapeResult => ({
      arm: 'lora',
      seeds: [4, 7],
      path: 'factor',
      lambdas: [0, 1],
      accuracy,
      loss: [1, 1],
      barrierAccuracy: 0,
      barrierLoss: 0,
      midpointRetainedGain: null,
      ...(alignment && { alignment }),
    });
    const landscape = [along([0.5, 0.5]), along([0.5, 0.75], 'orthogonal'), along([0.25, 0.5], 'invertible')];
    const one = result([run(4), run(7)], { landscape });
    expect(agreementOf(one, one).paths).toBe(0);
    expect(agreementOf(one, result([], { landscape: landscape.slice(1) })).paths).toBe(0);
    expect(agreementOf(one, result([], { landscape: [along([0.5, 0.25], 'orthogonal')] })).paths).toBe(0.5);
  });

  it('differ in single images, which are named', () => {
    const other = run(4, {
      gates: packBits([1, 1, 1]),
      lossSteps: [3, 4],
      losses: [9, 0.25],
      test: { accuracy: 0.5, loss: 0.9, correct: packBits([1, 1, 0, 0]) },
    });
    const found = agreementOf(result([run(4), run(7)]), result([other]));
    expect(found.answers).toEqual({
      other: [
        { arm: 'lora', seed: 4, image: 1, rightIn: 'second' },
        { arm: 'lora', seed: 4, image: 2, rightIn: 'first' },
      ],
      of: 4,
    });
    expect(found).toMatchObject({ missing: ['lora 7'], runs: 1, trainingLoss: 0.25, gates: { equal: 0, of: 1 } });
    expect(found.testLoss).toBeCloseTo(0.2, 12);
    expect(found.accuracies).toEqual([['lora', 4, 0.5, 0.5]]);
  });

  it('are not compared image by image when the images are not the same', () => {
    const one = result([run(4)]);
    const { task } = one;
    expect(agreementOf(one, result([run(4)], { task: { ...task, labels: 'AQAAAQ==' } })).otherImages).toMatch(/order/);
    expect(agreementOf(one, result([run(4)], { task: { ...task, classes: ['b', 'a'] } })).otherImages).toMatch(
      /classes/,
    );
    const found = agreementOf(one, result([run(4)], { task: { ...task, test: 3 } }));
    expect(found).toMatchObject({ otherImages: '4 and 3 test images', answers: { other: [], of: 0 } });
  });

  it('are not compared image by image when their tasks are others, which may have as many images and classes', () => {
    const of = (task: string) => result([run(4)], { config: { ...tinyConfig(), task } });
    for (const [second, why] of [
      ['food-2', /food and food-2/],
      ['dropped', /food and own images/],
    ] as const)
      expect(agreementOf(of('food'), of(second))).toMatchObject({
        otherImages: expect.stringMatching(why) as string,
        answers: { of: 0 },
      });
    expect(agreementOf(of('dropped'), of('dropped')).otherImages).toBeNull();
  });

  it('are not compared image by image when their digests say that the images are others', () => {
    const own = (testDigest?: string, trainDigest?: string): StudyResult => {
      const one = result([run(4)]);
      return { ...one, task: { ...one.task, testDigest, trainDigest } };
    };
    const found = agreementOf(own('a', 'b/c'), own('d', 'e/f'));
    expect(found).toMatchObject({ settings: [], sameTraining: false, answers: { other: [], of: 0 } });
    expect(found.otherImages).toMatch(/another split/);
    expect(agreementOf(own('a', 'b/c'), own('a', 'b/d'))).toMatchObject({
      otherImages: null,
      sameTraining: false,
      answers: { of: 4 },
    });
    expect(agreementOf(own('a', 'b/c'), own())).toMatchObject({ otherImages: null, sameTraining: null });
  });
});

it('compares federations course by course, as far as both have come', () => {
  const one = federatedFixture({ rounds: 3, done: () => 3 });
  expect(agreementOf(result([]), result([])).federated).toBeNull();
  expect(agreementOf(one, one).federated).toMatchObject({ missing: [], samePartitions: true, loss: 0 });
  const images = testedImages(one);
  const bits = (wrong: number) => packBits(Array.from({ length: images }, (_, i) => (i === wrong ? 0 : 1)));
  const { partitions, runs } = one.federated!;
  const changed = (change: (run: FederatedRun) => Partial<FederatedRun>, counts: number): StudyResult => ({
    ...one,
    federated: {
      partitions: partitions.map((each) => ({ ...each, counts: [[counts]] })),
      runs: runs.map((run) => ({ ...run, ...change(run) })),
    },
  });
  const first = changed(() => ({ correct: bits(0) }), 3);
  const second = changed(() => ({ correct: bits(1), loss: [1.5, 1.74] }), 4);
  const found = agreementOf(first, {
    ...second,
    federated: { ...second.federated!, runs: second.federated!.runs.slice(1) },
  });
  const [{ arm, rule, seed }, ...others] = runs;
  expect(found.federated).toMatchObject({
    missing: [`${arm} ${rule} ${seed}`],
    courses: others.length,
    samePartitions: false,
    answers: { other: 2 * others.length, of: images * others.length },
  });
  expect(found.federated?.loss).toBeCloseTo(0.25, 12);
});

it('names the settings that differ', () => {
  expect(differentPaths({ a: 1, b: { c: [1, 2] } }, { a: 1, b: { c: [1, 3] }, d: null })).toEqual(['b.c.1', 'd']);
});
