/** Alignment, training images, the plane and the distances of whole studies on a tiny model, on the WebAssembly device. */
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { pairIndex } from '../../src/core/pairs.ts';
import { planeThrough, pointOn } from '../../src/copra/geometry/plane.ts';
import { barrier } from '../../src/copra/landscape.ts';
import { layerUpdateNorms } from '../../src/copra/pruning/update-norm.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { unpackBits } from '../../src/platform/bits.ts';
import type { StudyConfig } from '../../src/study/config/config.ts';
import { readAnswers } from '../../src/study/predictions/answers.ts';
import { StudyControl } from '../../src/study/run/control.ts';
import { evaluateAdapters } from '../../src/study/run/evaluate-adapters.ts';
import { evaluationConfig, type GivenAdapter } from '../../src/study/config/evaluation-config.ts';
import { applyEvent, type StudyEvent } from '../../src/study/result/events.ts';
import { StudyResultSchema, type StudyResult } from '../../src/study/result/result.ts';
import { lossesByHand } from '../support/scores-by-hand.ts';
import {
  adaptersOf,
  inputsOf,
  noticesOf,
  record,
  tinyArm,
  tinyTask,
  trainingOnly,
  type RecordedStudy,
} from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';
import { runOf } from '../../src/study/result/run-names.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened), 1);

function geometryConfig(changes: Partial<StudyConfig> = {}): StudyConfig {
  const config = trainingOnly({ seeds: [4, 7, 9], ...changes });
  const alignments: StudyConfig['analyses']['landscape']['alignments'] = ['orthogonal', 'invertible'];
  return {
    ...config,
    analyses: {
      ...config.analyses,
      landscape: { ...config.analyses.landscape, enabled: true, alignments, trainImages: 12 },
      plane: { enabled: true, grid: 5 },
      geometry: { enabled: true },
      snapshots: 4,
    },
  };
}

const testOf = (result: StudyResult, arm: string, seed: number) => runOf(result.runs, arm, seed)!.test!;

describe('the geometry of a study', () => {
  let study: RecordedStudy;
  let result: StudyResult;
  beforeAll(async () => {
    study = await record(inputsOf(engine, geometryConfig()));
    ({ result } = study);
  });

  it('is a valid result whose patches add up to it', () => {
    expect(() => v.parse(v.strictObject(StudyResultSchema.entries), structuredClone(result))).not.toThrow();
    const [started] = study.events;
    if (started.type !== 'started') throw new Error('no start');
    const patched = study.events.slice(1, -1).reduce(applyEvent, started.result);
    expect([patched.planes, patched.geometry, patched.landscape]).toEqual([
      result.planes,
      result.geometry,
      result.landscape,
    ]);
  });

  it('measures the factor path with every alignment, and leaves its ends where they are', () => {
    expect(result.landscape).toHaveLength(2 * 3 * 4);
    const aligned = result.landscape.filter(({ alignment }) => alignment);
    expect(aligned.every(({ path }) => path === 'factor')).toBe(true);
    for (const { arm, seeds, accuracy, loss } of aligned) {
      const ends = seeds.map((seed) => testOf(result, arm, seed));
      ends.forEach((end, i) => {
        expect(loss[4 * i]).toBeCloseTo(end.loss, 4);
        expect(Math.abs(accuracy[4 * i] - end.accuracy)).toBeLessThanOrEqual(1 / 40);
      });
      const plain = result.landscape.find(
        (entry) => entry.arm === arm && entry.seeds.join() === seeds.join() && entry.path === 'factor',
      )!;
      expect(plain.alignment).toBeUndefined();
      expect(loss[2]).not.toBe(plain.loss[2]);
    }
  });

  it('keeps the answers halfway of the factors as they are', () => {
    const { labels, count } = tinyTask().test;
    const kept = result.predictions!.filter(({ of }) => of === 'midpoint');
    expect(kept).toHaveLength(2 * 3);
    for (const { arm, seeds, answers } of kept) {
      const plain = result.landscape.find(
        (entry) => entry.arm === arm && entry.seeds.join() === seeds.join() && entry.path === 'factor',
      )!;
      const right = readAnswers(answers).predicted.map((label, i) => Number(label === labels[i]));
      expect(right).toEqual(unpackBits(plain.correct![2], count, 'answers'));
    }
  });

  it('measures every path on training images too', () => {
    for (const { train, lambdas } of result.landscape) {
      expect(train).toMatchObject({ images: 12 });
      expect(train!.accuracy).toHaveLength(lambdas.length);
      expect(train!.accuracy.every((share) => Number.isInteger(Math.round(1e6 * share * 12) / 1e6))).toBe(true);
      expect(train!.barrierLoss).toBe(barrier(lambdas, train!.loss, 'loss'));
      expect(train!.barrierAccuracy).toBe(barrier(lambdas, train!.accuracy, 'accuracy'));
    }
  });

  it('draws a plane through three seeds of every arm, row by row', () => {
    expect(result.planes!.map(({ arm }) => arm)).toEqual(['lora', 'copra']);
    for (const plane of result.planes!) {
      expect(plane.corners.map(({ run }) => run?.seed)).toEqual([4, 7, 9]);
      expect([plane.accuracy.length, plane.loss.length]).toEqual([25, 25]);
      plane.trajectories.forEach(({ points, seed }, i) => {
        expect(points.map(({ step }) => step)).toEqual([0, 4, 8, null]);
        const end = points[points.length - 1];
        expect(seed).toBe(plane.corners[i].run?.seed);
        expect(end.x).toBeCloseTo(plane.corners[i].x, 5);
        expect(end.y).toBeCloseTo(plane.corners[i].y, 5);
        expect(end.residual).toBeLessThan(1e-5);
        expect(points[0].residual).toBeGreaterThan(0);
      });
    }
    const rows = study.events.flatMap((event) =>
      event.type === 'found' && event.part === 'planes' ? event.found.map(({ accuracy }) => accuracy.length) : [],
    );
    expect(rows).toEqual([5, 10, 15, 20, 25, 5, 10, 15, 20, 25]);
  });

  it('finds at every point of the plane what the adapter there scores', async () => {
    const inputs = inputsOf(engine, geometryConfig());
    const adapters = adaptersOf(study);
    for (const { arm, xs, ys, loss } of result.planes!) {
      const own = adapters.filter((adapter) => adapter.arm === arm);
      const [first, second, third] = own.map(({ values }) => values);
      const plane = planeThrough(first, second, third);
      const points = ys.flatMap((y) => xs.map((x) => pointOn(plane, x, y)));
      const scores = await lossesByHand(inputs, own[0], points, inputs.task.test);
      loss.forEach((value, i) => expect(value).toBeCloseTo(scores[i], 5));
    }
  });

  it('knows the distances between the adapters of all runs and steps', () => {
    const { points, factors, updates } = result.geometry!;
    expect(points).toHaveLength(2 * 3 * 4);
    for (const { norms, distances } of [factors, updates]) {
      expect(norms).toHaveLength(24);
      expect(distances).toHaveLength((24 * 23) / 2);
      expect([...norms, ...distances].every(Number.isFinite)).toBe(true);
    }
    const first = (arm: string, seed: number) =>
      points.findIndex((point) => point.arm === arm && point.seed === seed && point.step === 0);
    // Equal seeds begin with equal factors in every arm, and with an update of zero.
    expect(factors.distances[pairIndex(first('lora', 4), first('copra', 4), 24)]).toBe(0);
    expect(factors.distances[pairIndex(first('lora', 4), first('lora', 7), 24)]).toBeGreaterThan(0);
    points.forEach(({ step }, i) => expect(updates.norms[i] === 0).toBe(step === 0));
    // The two trained seeds at the first corners of the plane are as far apart there as here.
    const trained = (seed: number) => points.findIndex((p) => p.arm === 'lora' && p.seed === seed && p.step === null);
    expect(factors.distances[pairIndex(trained(4), trained(7), 24)]).toBeCloseTo(result.planes![0].corners[1].x, 4);
  });

  it('repeats bit for bit', async () => {
    const again = (await record(inputsOf(engine, geometryConfig()))).result;
    expect([again.planes, again.geometry, again.landscape]).toEqual([result.planes, result.geometry, result.landscape]);
  });
});

describe('other studies', () => {
  it('of two seeds span the plane with the backbone', async () => {
    const { result } = await record(inputsOf(engine, geometryConfig({ seeds: [4, 7], arms: [tinyArm('lora')] })));
    const [{ corners, trajectories }] = result.planes!;
    expect(corners[0]).toEqual({ run: null, x: 0, y: 0 });
    expect(corners.slice(1).map(({ run }) => run?.seed)).toEqual([4, 7]);
    expect(trajectories).toHaveLength(2);
    const { points, factors } = result.geometry!;
    expect(corners[1].x).toBeCloseTo(factors.norms[points.findIndex((p) => p.seed === 4 && p.step === null)], 4);
  });

  it('of one seed say that there is no plane', async () => {
    const { result, events } = await record(inputsOf(engine, geometryConfig({ seeds: [4] })));
    expect(result.planes).toBeUndefined();
    expect(noticesOf({ events }).join()).toContain('at least two runs');
  });

  it('keep the rows that were done when they are stopped', async () => {
    const control = new StudyControl();
    const { result } = await record(inputsOf(engine, geometryConfig(), { control }), (event) => {
      if (event.type === 'found' && event.part === 'planes') control.stop();
    });
    expect(result.status).toBe('stopped');
    expect(result.planes![0].accuracy.length % 5).toBe(0);
    expect(result.planes![0].accuracy.length).toBeLessThan(25);
    expect(result.geometry).toBeUndefined();
  });

  it('of arms that differ in rank and scale are compared in one space', async () => {
    const arms = [tinyArm('lora'), tinyArm('copra', 'copra', { rank: 3, alpha: 6 })];
    const { result } = await record(inputsOf(engine, geometryConfig({ arms, seeds: [4] })));
    expect(result.geometry!.points).toHaveLength(8);
    expect(result.geometry!.updates.distances.every(Number.isFinite)).toBe(true);
  });

  it('of updates that count threefold have lengths that do', async () => {
    const arms = [tinyArm('lora', 'lora', { alpha: 6 })];
    const { result, events } = await record(inputsOf(engine, geometryConfig({ arms, seeds: [4, 7] })));
    const { points, updates } = result.geometry!;
    for (const event of events) {
      if (event.type !== 'adapter') continue;
      const { layout, values, scale, seed } = event.adapter;
      expect(scale).toBe(3);
      const at = points.findIndex((point) => point.seed === seed && point.step === null);
      const norms = layerUpdateNorms(layout, values, scale, () => new Float32Array());
      expect(updates.norms[at]).toBeCloseTo(Math.hypot(...norms), 4);
    }
  });

  it('of adapters that are at hand have no way they came', async () => {
    const given: GivenAdapter[] = [];
    await record(inputsOf(engine, trainingOnly({ seeds: [4, 7, 9], arms: [tinyArm('lora')] })), (event) => {
      if (event.type !== 'adapter') return;
      const { layout, scale, values, seed } = event.adapter;
      given.push({ name: `seed ${seed}`, arm: null, classes: [], layout, scale, values });
    });
    const config = evaluationConfig(geometryConfig(), given);
    const events: StudyEvent[] = [];
    for await (const event of evaluateAdapters(inputsOf(engine, config), given)) events.push(event);
    const last = events.at(-1);
    if (last?.type !== 'finished') throw new Error('not finished');
    const { planes, geometry } = last.result;
    expect(planes![0].arm).toBeNull();
    expect(planes![0].corners.map(({ run }) => run?.arm)).toEqual(['adapter-1', 'adapter-2', 'adapter-3']);
    expect(geometry!.points.map(({ step }) => step)).toEqual([null, null, null]);
  });
});
