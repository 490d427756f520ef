/** Whole studies on a tiny model, on the WebAssembly device. */
import * as v from 'valibot';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Engine, TrainBatch } from '../../src/engine/engine.ts';
import { clearRetainedGain } from '../../src/copra/retained-gain.ts';
import { exactPlan } from '../../src/copra/shapley/plan.ts';
import { shapleyOfTable } from '../../src/copra/shapley/values.ts';
import type { StudyConfig } from '../../src/study/config/config.ts';
import { StudyControl } from '../../src/study/run/control.ts';
import { applyEvent, type StudyEvent } from '../../src/study/result/events.ts';
import { StudyResultSchema, type StudyResult } from '../../src/study/result/result.ts';
import { runStudy } from '../../src/study/run/run-study.ts';
import type { StudyInputs } from '../../src/study/run/study-inputs.ts';
import { mean } from '../../src/core/statistics.ts';
import { unpackBits } from '../../src/platform/bits.ts';
import { unpackInfluence } from '../../src/study/result/measures/influence.ts';
import { VALIDATION_IMAGES, validationInterval } from '../../src/study/run/training/validation.ts';
import {
  adaptersOf,
  coalitionsOf,
  inputsOf,
  record,
  tinyArm,
  tinyConfig,
  tinyModel,
  tinyTask,
  tinyVitModel,
  trainingOnly,
  type RecordedStudy,
} from '../support/tiny-study.ts';
import { withWasmEngine } from '../support/wasm-engine.ts';
import { withTrainers } from '../support/with-trainers.ts';
import { PATIENT } from '../support/patient.ts';
import { runOf } from '../../src/study/result/run-names.ts';

let engine: Engine;
withWasmEngine((opened) => void (engine = opened));

/** Bytes on the device when only a fresh model lies there: what a study leaves behind adds to them. */
function restingBytes(): number {
  engine.load(tinyModel().backbone);
  return engine.memoryBytes();
}

const runIn = (result: StudyResult, arm: string, seed: number) => {
  const run = runOf(result.runs, arm, seed);
  if (!run) throw new Error(`no run ${arm} ${seed}`);
  return run;
};

/** What a study found, without when and how long. */
const findings = ({ provenance, ...found }: StudyResult) => ({ ...found, device: provenance.device });

/** Watches the batches that an engine's trainers get. */
const watched = (onStep: (batch: TrainBatch) => void): Engine =>
  withTrainers(engine, (trainer) => ({ step: (batch) => (onStep(batch), trainer.step(batch)) }));

describe('a study of CLIP', () => {
  let study: RecordedStudy;
  let bytes: number;
  const config = tinyConfig();
  beforeAll(async () => {
    bytes = restingBytes();
    study = await record(inputsOf(engine, config));
  });

  it('is complete and valid', () => {
    const { result } = study;
    expect(() => v.parse(v.strictObject(StudyResultSchema.entries), structuredClone(result))).not.toThrow();
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    expect(result.status).toBe('complete');
    expect(result.config).toEqual(config);
    expect(result.task).toMatchObject({ train: 30, validation: 9, test: 40, classes: ['red', 'green', 'blue'] });
    expect(result.task.chance).toBeCloseTo(1 / 3);
    expect(result.task.zeroShot).not.toBeNull();
    expect(result.runs).toHaveLength(4);
    expect(result.landscape).toHaveLength(2 * 1 * 2);
    expect(result.shapley).toHaveLength(4);
    expect(result.pruning).toHaveLength(4);
    expect(result.provenance.seconds).toBeGreaterThan(0);
    for (const { losses, lossSteps, steps, validation, test } of result.runs) {
      expect(lossSteps).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
      expect(losses).toHaveLength(12);
      expect(steps).toBe(12);
      expect(validation.map(({ step }) => step)).toEqual([2, 4, 6, 8, 10, 12]);
      expect(test!.loss).toBeLessThan(result.task.zeroShot!.loss); // it learns
    }
  });

  it('reports every phase to its end', () => {
    const ends = new Map(
      study.events.flatMap((event) => (event.type === 'progress' ? [[event.phase, event.done / event.total]] : [])),
    );
    expect([...ends.keys()]).toEqual(expect.arrayContaining(['train', 'landscape', 'shapley', 'pruning']));
    for (const [phase, share] of ends) expect(share, String(phase)).toBe(1);
  });

  it('hands over the adapter of every run, with how often its layers were active', async () => {
    const { result } = study;
    const adapters = adaptersOf(study);
    expect(adapters.map(({ arm, seed }) => `${arm} ${seed}`)).toEqual(['lora 4', 'lora 7', 'copra 4', 'copra 7']);
    for (const { arm, seed, layout, values, gates } of adapters) {
      expect(values).toHaveLength(layout.size);
      const run = runIn(result, arm, seed);
      const players = layout.players.length;
      const tape = unpackBits(run.gates!, run.steps * players, 'A tape');
      const active = layout.players.map((_, player) => tape.filter((gate, i) => gate && i % players === player).length);
      expect(gates).toEqual({ steps: 12, activeSteps: active });
    }
  });

  it('tells its story in order', () => {
    const { events } = study;
    const kinds = events.map((event) => (event.type === 'found' ? event.part : event.type));
    const order = ['started', 'zero-shot', 'runs', 'landscape', 'shapley', 'pruning', 'finished'] as const;
    order.slice(1).forEach((kind, i) => expect(kinds.indexOf(kind), kind).toBeGreaterThan(kinds.lastIndexOf(order[i])));
    expect(events.filter(({ type }) => type === 'started' || type === 'finished')).toHaveLength(2);
    const phases = events.flatMap((event) => (event.type === 'progress' ? [event.phase] : []));
    expect([...new Set(phases)]).toEqual(['train', 'landscape', 'shapley', 'pruning']);
    for (const phase of new Set(phases)) {
      const done = events.flatMap((e) => (e.type === 'progress' && e.phase === phase ? [e.done / e.total] : []));
      expect(done, phase).toEqual([...done].sort((a, b) => a - b));
      expect(done.at(-1), phase).toBeCloseTo(1, 12);
    }
    for (const event of events)
      if (event.type === 'progress' && event.remainingSeconds !== null)
        expect(event.remainingSeconds).toBeGreaterThanOrEqual(0);
  });

  it('streams patches that add up to its result', () => {
    const { events, result } = study;
    const [started] = events;
    if (started.type !== 'started') throw new Error('no start');
    const built = events.slice(1, -1).reduce(applyEvent, started.result);
    expect(built.status).toBe('running');
    expect(findings({ ...built, status: 'complete' })).toEqual(findings(result));
  });

  it('is validated after its last step too, which its interval may leave out', async () => {
    const odd = trainingOnly({ training: { ...config.training, steps: 13 } });
    const { result } = await record(inputsOf(engine, odd));
    for (const { validation } of result.runs)
      expect(validation.map(({ step }) => step)).toEqual([2, 4, 6, 8, 10, 12, 13]);
  });

  it('names as many validation images as its validations see', async () => {
    const task = { ...tinyTask(), validation: tinyTask(VALIDATION_IMAGES + 4).train };
    const one = trainingOnly({ arms: [tinyArm('lora')], seeds: [4] });
    const { result } = await record(inputsOf(engine, one, { task }));
    expect(result.task.validation).toBe(VALIDATION_IMAGES);
    for (const { accuracy } of result.runs[0].validation)
      expect(VALIDATION_IMAGES * accuracy).toBeCloseTo(Math.round(VALIDATION_IMAGES * accuracy), 9);
  });

  it('tells how many images of all its trainings pass in a second', async () => {
    const steps = 40;
    const begun = performance.now();
    let seen = 0;
    await record(inputsOf(engine, trainingOnly({ training: { ...config.training, steps } })), (event) => {
      if (event.type !== 'progress' || event.phase !== 'train' || event.done < steps) return;
      seen = (event.imagesPerSecond ?? 0) * ((performance.now() - begun) / 1000);
    });
    // Its clock begins after ours.
    expect(seen).toBeGreaterThanOrEqual(4 * steps * config.training.batchSize);
  });

  it('says how long it took by the time that it is given', async () => {
    const now = vi.fn(() => 107.25).mockReturnValueOnce(100);
    const { result } = await record(inputsOf(engine, trainingOnly(), { now }));
    expect(result.provenance.seconds).toBe(7.25);
  });

  it('can be posted from a worker', () => {
    expect(structuredClone(study.events)).toEqual(study.events);
  });

  it('gives the same result again', async () => {
    const again = await record(inputsOf(engine, config));
    expect(findings(again.result)).toEqual(findings(study.result));
  });

  it('leaves the memory of the device as it was', () => {
    expect(restingBytes()).toBe(bytes);
  });

  it('keeps the answers behind every accuracy, to the image', () => {
    const { result } = study;
    const { test } = result.task;
    const share = (correct: string | undefined) =>
      unpackBits(correct!, test, 'The answers').reduce((sum, one) => sum + one, 0) / test;
    const kept = [
      result.task.zeroShot!,
      ...result.runs.map((run) => run.test!),
      ...result.pruning.flatMap(({ structured }) => structured.filter(({ label }) => !label.startsWith('random'))),
    ];
    for (const { accuracy, correct } of kept) expect(share(correct)).toBeCloseTo(accuracy, 12);
    const curves = [...result.landscape, ...result.pruning.flatMap(({ unstructured }) => unstructured)];
    expect(curves.length).toBeGreaterThan(0);
    for (const { accuracy, correct } of curves) {
      expect(correct).toHaveLength(accuracy.length);
      accuracy.forEach((value, i) => expect(share(correct![i])).toBeCloseTo(value, 12));
    }
  });

  it('keeps a tape that agrees with the gates it streamed', () => {
    for (const run of study.result.runs) {
      const tape = unpackBits(run.gates!, 12 * 3, 'A tape');
      const parts = study.events.filter((e) => e.type === 'gates' && e.arm === run.arm && e.seed === run.seed);
      const streamed = new Uint8Array(12 * 3);
      parts.forEach((event) => event.type === 'gates' && streamed.set(event.gates, event.fromStep * event.players));
      expect(streamed).toEqual(tape);
      if (run.arm === 'lora') expect(tape.every((gate) => gate === 1)).toBe(true);
      else expect(tape.subarray(0, 9 * 3)).toContain(0);
      for (let step = 0; step < 12; step++) expect(tape.subarray(step * 3, step * 3 + 3)).toContain(1);
    }
  });

  it('starts and ends its landscapes at the trained runs', () => {
    for (const { arm, seeds, path, accuracy, loss, lambdas, ...measures } of study.result.landscape) {
      const ends = seeds.map((seed) => runIn(study.result, arm, seed).test!);
      expect(lambdas).toEqual([0, 0.25, 0.5, 0.75, 1]);
      expect([accuracy[0], accuracy[4]]).toEqual(ends.map((end) => end.accuracy));
      if (path === 'factor') expect([loss[0], loss[4]]).toEqual(ends.map((end) => end.loss));
      else ends.forEach((end, i) => expect(loss[4 * i]).toBeCloseTo(end.loss, 5));
      expect(measures.barrierAccuracy).toBeGreaterThanOrEqual(0);
      const { accuracy: base } = study.result.task.zeroShot!;
      const kept = clearRetainedGain(accuracy[2], base, (accuracy[0] + accuracy[4]) / 2, 40);
      expect(kept).not.toBeNull();
      expect(measures.midpointRetainedGain).toBe(kept);
    }
  });

  it('hands over every coalition of an exact analysis, from which its values follow', () => {
    const { result } = study;
    const coalitions = coalitionsOf(study);
    expect(coalitions.map(({ arm, seed }) => [arm, seed])).toEqual(result.shapley.map(({ arm, seed }) => [arm, seed]));
    coalitions.forEach(({ accuracy, players }, i) => {
      const phi = shapleyOfTable(exactPlan(players.length), accuracy);
      phi.forEach((value, player) => expect(value).toBeCloseTo(result.shapley[i].accuracy[player], 6));
    });
  });

  it('finds of sets of layers what it hands over of them', async () => {
    const shapley = { ...config.analyses.shapley, images: 1000 };
    const { result, events } = await record(
      inputsOf(engine, tinyConfig({ seeds: [4], analyses: { ...config.analyses, shapley } })),
    );
    const coalitions = coalitionsOf({ events });
    result.shapley.forEach(({ everyCoalition }, i) => {
      const { accuracy, loss } = coalitions[i];
      const { first, last, bestMasks, interactions } = everyCoalition!;
      for (const [sets, masks] of [
        [first, [0, 1, 3, 7]],
        [last, [0, 4, 6, 7]],
      ] as const)
        masks.forEach((mask, size) => {
          expect(sets.accuracy[size]).toBeCloseTo(accuracy[mask], 6);
          expect(sets.loss[size]).toBeCloseTo(loss[mask], 4);
        });
      expect(accuracy[bestMasks[1]]).toBe(Math.max(accuracy[1], accuracy[2], accuracy[4]));
      expect(interactions.lossError).not.toEqual(interactions.accuracyError);
    });
  });

  it('prunes the layers of the lowest Shapley values, as the set of the others scores', async () => {
    const arms = [tinyArm('copra', 'both', { towers: ['vision', 'text'] })];
    const shapley = { ...config.analyses.shapley, images: 1000 };
    const { result, events } = await record(
      inputsOf(engine, tinyConfig({ arms, analyses: { ...config.analyses, shapley } })),
    );
    const coalitions = coalitionsOf({ events });
    expect(coalitions).toHaveLength(2);
    for (const { seed, players, accuracy, loss } of coalitions) {
      const values = result.shapley.find((entry) => entry.seed === seed)!.accuracy;
      const order = [...players.keys()].sort((a, b) => values[a] - values[b] || a - b);
      const { structured } = result.pruning.find((entry) => entry.seed === seed)!;
      for (const removed of [1, 2, 3]) {
        const mask = order.slice(removed).reduce((bits, player) => bits | (1 << player), 0);
        const entry = structured.find(({ label }) => label === `shapley-${removed}`)!;
        expect(entry.accuracy).toBeCloseTo(accuracy[mask], 6);
        expect(entry.loss).toBeCloseTo(loss[mask], 5);
      }
    }
  });

  it('analyses projections by sampled coalitions, and earlier steps', async () => {
    const { analyses } = config;
    const shapley = { ...analyses.shapley, seedsPerArm: 1, images: 12, evaluations: 64, evolution: true };
    const { result, events } = await record(
      inputsOf(engine, {
        ...config,
        seeds: [4],
        analyses: {
          ...analyses,
          landscape: { ...analyses.landscape, enabled: false },
          shapley: { ...shapley, players: 'module', estimator: 'odd' },
        },
      }),
    );
    expect(() => v.parse(StudyResultSchema, result)).not.toThrow();
    expect(events.some(({ type }) => type === 'coalitions')).toBe(false);
    expect(result.shapley).toHaveLength(2);
    for (const entry of result.shapley) {
      expect(entry.players).toHaveLength(9);
      expect(entry.players[1]).toEqual({ tower: 'vision', layer: 0, projection: 'k' });
      expect(entry.estimator).toBe('odd');
      expect(entry.coalitions).toBeLessThanOrEqual(64);
      expect(Math.abs(entry.residual)).toBeLessThan(1e-6);
      expect(entry.coalitionError!.accuracy).toHaveLength(9);
      expect(entry.evolution!.map(({ step }) => step)).toEqual([4, 8]);
      for (const { accuracy, lossError } of entry.evolution!)
        expect([accuracy, lossError].map((a) => a.length)).toEqual([9, 9]);
      expect(entry.evolution![1].loss).not.toEqual(entry.loss);
    }
    expect(result.pruning[0].structured.some(({ label }) => label === 'shapley-2')).toBe(true);
  });

  it('divides exactly what was gained among the layers', () => {
    for (const { accuracy, loss, residual, coalitions, images, players, estimator } of study.result.shapley) {
      expect(estimator).toBe('exact');
      expect(coalitions).toBe(8);
      expect(images).toBe(36);
      expect(players).toEqual([0, 1, 2].map((layer) => ({ tower: 'vision', layer })));
      expect(Math.abs(residual)).toBeLessThan(1e-9);
      expect([...accuracy, ...loss].every(Number.isFinite)).toBe(true);
    }
    for (const { images, everyCoalition } of study.result.shapley) {
      const { meanByImage } = everyCoalition!.interactions;
      const around = unpackInfluence(meanByImage, images)!;
      expect(Math.abs(mean([...around]))).toBeLessThan(meanByImage!.scale);
    }
  });

  it('prunes from the trained run down to the backbone', () => {
    const { result } = study;
    for (const { arm, seed, structured, unstructured } of result.pruning) {
      const { test } = runIn(result, arm, seed);
      const entry = (label: string) => structured.find((s) => s.label === label)!;
      expect(entry('all')).toMatchObject({ accuracy: test!.accuracy, loss: test!.loss, kept: 9, of: 9 });
      expect(entry('none')).toMatchObject({ ...result.task.zeroShot!, kept: 0 });
      expect(new Set(structured.map(({ label }) => label)).size).toBe(structured.length);
      for (const label of ['even', 'odd', 'low', 'middle', 'high', 'q', 'k', 'v', 'shapley-2', 'norm-2', 'random-2'])
        expect(entry(label), label).toBeDefined();
      expect(unstructured.map(({ scope }) => scope)).toEqual(['factors', 'update', 'tensors']);
      for (const { accuracy, loss, sparsities } of unstructured) {
        expect(sparsities).toEqual([0, 0.5, 1]);
        expect(accuracy[0]).toBe(test!.accuracy);
        expect(loss[0]).toBeCloseTo(test!.loss, 5);
        expect(loss[2]).toBeCloseTo(result.task.zeroShot!.loss, 5);
      }
    }
  });
});

describe('arms of a study', () => {
  it('with equal seeds see the same images, whatever their layout', async () => {
    const batches: TrainBatch[] = [];
    const arms = [tinyArm('lora'), tinyArm('copra', 'wide', { rank: 3 })];
    const { result } = await record(
      inputsOf(
        watched((batch) => batches.push(batch)),
        trainingOnly({ arms }),
      ),
    );
    expect(batches).toHaveLength(2 * 12); // two populations
    for (let step = 0; step < 12; step++) {
      const [first, second] = batches.slice(2 * step);
      expect(second.patches).toEqual(first.patches);
      expect(second.labels).toEqual(first.labels);
      expect(second.sourceOfRun).toEqual(first.sourceOfRun);
    }
    expect(result.runs.map(({ arm, seed }) => `${arm} ${seed}`)).toEqual(['lora 4', 'lora 7', 'wide 4', 'wide 7']);
  });

  it('share one batch where their layout allows it', async () => {
    const batches: TrainBatch[] = [];
    await record(
      inputsOf(
        watched((batch) => batches.push(batch)),
        trainingOnly(),
      ),
    );
    expect(batches).toHaveLength(12);
    expect(batches[0].sourceOfRun).toEqual([0, 1, 0, 1]);
    expect(batches[0].learningRates[0]).toBeCloseTo(0.01, 6); // first of two warm-up steps
  });

  it('differ only in their gates: CopRA at p = 1 is LoRA bit for bit', async () => {
    const arms = [tinyArm('lora'), tinyArm('copra', 'copra', { p0: 1 })];
    const { result } = await record(inputsOf(engine, tinyConfig({ arms })));
    const of = (list: readonly { arm: string }[], arm: string) =>
      list.filter((item) => item.arm === arm).map((item) => ({ ...item, arm: '' }));
    for (const list of [result.runs, result.landscape, result.shapley, result.pruning])
      expect(of(list, 'copra')).toEqual(of(list, 'lora'));
  });

  it('give the same run alone and among others', async () => {
    const config = trainingOnly({
      arms: [tinyArm('lora'), tinyArm('copra'), tinyArm('lora-dropout'), tinyArm('layer-drop')],
    });
    const all = (await record(inputsOf(engine, config))).result;
    for (const arm of config.arms) {
      const alone = (await record(inputsOf(engine, { ...config, arms: [arm], seeds: [7] }))).result.runs[0];
      const among = runIn(all, arm.id, 7);
      expect(alone.gates).toBe(among.gates);
      alone.losses.forEach((loss, i) => expect(loss).toBeCloseTo(among.losses[i], 3));
    }
  });
});

describe('other backbones and settings', () => {
  it('adapts both towers, on the product path too', async () => {
    const config = tinyConfig({ arms: [tinyArm('copra', 'both', { towers: ['vision', 'text'] })] });
    const { result } = await record(inputsOf(engine, config));
    const [product] = result.landscape.filter(({ path }) => path === 'product');
    product.seeds.forEach((seed, i) =>
      expect(product.accuracy[4 * i]).toBe(runIn(result, 'both', seed).test!.accuracy),
    );
    expect(result.shapley[0].players.at(-1)).toEqual({ tower: 'text', layer: 0 });
    expect(result.shapley[0].coalitions).toBe(16);
    expect(Math.abs(result.shapley[0].residual)).toBeLessThan(1e-9);
    expect(result.pruning[0].structured.find(({ label }) => label === 'none')).toMatchObject(result.task.zeroShot!);
  });

  it('adapts a text tower alone', async () => {
    const config = tinyConfig({ arms: [tinyArm('lora', 'text', { towers: ['text'] })] });
    const { result } = await record(inputsOf(engine, config));
    expect(result.status).toBe('complete');
    expect(result.shapley[0].players).toHaveLength(1);
  });

  it('trains a head on a ViT, which answers no prompts', async () => {
    const { result } = await record(inputsOf(engine, tinyConfig(), { model: tinyVitModel() }));
    expect(result.task.zeroShot).toBeNull();
    expect(result.runs.every(({ test }) => test!.accuracy > 0.5)).toBe(true);
    for (const { path, arm, seeds, accuracy } of result.landscape)
      expect(accuracy[0], path).toBe(runIn(result, arm, seeds[0]).test!.accuracy);
  });

  it('takes images that are smaller than its input', async () => {
    const small = tinyTask();
    /** Every other row and column. */
    const halved = ({ count, pixels, labels }: typeof small.train) => ({
      count,
      labels,
      pixels: Uint8Array.from({ length: count * 48 }, (_, i) => {
        const [image, row, column, channel] = [
          Math.floor(i / 48),
          Math.floor((i % 48) / 12),
          Math.floor((i % 12) / 3),
          i % 3,
        ];
        return pixels[image * 192 + row * 48 + column * 6 + channel];
      }),
    });
    const { train, validation, test } = small;
    const sizes = { imageSize: 4, train: halved(train), validation: halved(validation), test: halved(test) };
    const { result } = await record(inputsOf(engine, trainingOnly(), { task: { ...small, ...sizes } }));
    expect(result.status).toBe('complete');
    expect(result.runs.every(({ losses }) => losses.every(Number.isFinite))).toBe(true);
  });

  it('samples orders where asked to', async () => {
    const config = tinyConfig();
    const shapley = { ...config.analyses.shapley, estimator: 'permutation' as const, seedsPerArm: 1 };
    const { result } = await record(inputsOf(engine, { ...config, analyses: { ...config.analyses, shapley } }));
    expect(result.shapley.map(({ arm, seed, estimator }) => [arm, seed, estimator])).toEqual([
      ['lora', 4, 'permutation'],
      ['copra', 4, 'permutation'],
    ]);
    expect(Math.abs(result.shapley[0].residual)).toBeLessThan(1e-9);
  });

  it('encodes its class prompts once, and names some of the classes that are one to the backbone', async () => {
    const model = tinyModel();
    const tokenizer = model.tokenizer!;
    const encodePrompts = vi.fn((prompts: readonly string[], ...rest: [number, number, number]) =>
      // Every prompt has the tokens of the first.
      Int32Array.from(prompts.flatMap((prompt) => [...tokenizer.encodePrompts([prompt], ...rest)])),
    );
    const { events } = await record(
      inputsOf(engine, trainingOnly(), { model: { ...model, tokenizer: { ...tokenizer, encodePrompts } } }),
    );
    expect(encodePrompts).toHaveBeenCalledTimes(1);
    expect(events).toContainEqual({
      type: 'notice',
      message: expect.stringMatching(/^To the backbone 3 classes are one: .* red, green, blue differ/) as string,
    });
  });

  it('prunes by every share once, in order, however they were typed', async () => {
    const typed = async (sparsities: number[]) => {
      const { analyses } = trainingOnly();
      const pruning = { ...tinyConfig().analyses.pruning, sparsities };
      const one = trainingOnly({ arms: [tinyArm('lora')], seeds: [4], analyses: { ...analyses, pruning } });
      return (await record(inputsOf(engine, one))).result.pruning;
    };
    expect(await typed([0.9, 0.2, 0.9, 0.5])).toEqual(await typed([0.2, 0.5, 0.9]));
  });

  it('copes with one seed, no validation images and nothing to prune away', async () => {
    const config = tinyConfig({ seeds: [1] });
    const analyses = {
      ...config.analyses,
      testImages: 5,
      pruning: { ...config.analyses.pruning, sparsities: [], randomMasks: 0 },
    };
    const task = { ...tinyTask(), validation: { count: 0, pixels: new Uint8Array(), labels: new Int32Array() } };
    const { result } = await record(inputsOf(engine, { ...config, analyses }, { task }));
    expect(result.landscape).toEqual([]);
    expect(result.task.test).toBe(5);
    expect(result.runs[0].validation).toEqual([]);
    expect(result.pruning[0].unstructured).toEqual([]);
    expect(result.status).toBe('complete');
  });
});

describe('a stopped study', () => {
  /** Stops at the first event that `when` accepts. */
  async function stopped(config: StudyConfig, when: (event: StudyEvent) => boolean) {
    const control = new StudyControl();
    const study = await record(inputsOf(engine, config, { control }), (event) => {
      if (when(event)) control.stop();
    });
    expect(study.result.status).toBe('stopped');
    expect(() => v.parse(StudyResultSchema, study.result)).not.toThrow();
    return study.result;
  }

  it('before its first step has no runs', async () => {
    const control = new StudyControl();
    control.stop();
    const { result } = await record(inputsOf(engine, tinyConfig(), { control }));
    expect(result.status).toBe('stopped');
    expect(result.runs).toEqual([]);
  });

  it('keeps curves and tape of its training', async () => {
    const config = trainingOnly({ training: { ...tinyConfig().training, steps: 4000 } });
    const before = restingBytes();
    const result = await stopped(config, ({ type }) => type === 'gates');
    expect(restingBytes()).toBe(before);
    expect(result.runs).toHaveLength(4);
    for (const { steps, gates, test } of result.runs) {
      expect(steps).toBeGreaterThan(0);
      expect(steps).toBeLessThan(4000);
      expect(unpackBits(gates!, 3 * steps, 'A tape')).toHaveLength(3 * steps);
      expect(test).toBeNull();
    }
  });

  it('keeps the tests that were done when another population was still to be tested', async () => {
    const arms = [tinyArm('lora'), tinyArm('copra', 'wide', { rank: 3 })];
    const control = new StudyControl();
    const training = tinyConfig().training;
    const validations = training.steps / validationInterval(training);
    let evaluations = 0;
    const stopping: Engine = {
      ...engine,
      createEvaluator(spec) {
        // The wide arm is evaluated for its validations, the last one after the last step, then for its test.
        if (spec.layout.rank === 3 && ++evaluations === validations + 1) control.stop();
        return engine.createEvaluator(spec);
      },
    };
    const config = trainingOnly({ arms, training });
    const { result } = await record(inputsOf(stopping, config, { control }));
    expect(result.status).toBe('stopped');
    expect(runIn(result, 'wide', 4).test).toBeNull();
    expect(runIn(result, 'lora', 4).test).not.toBeNull();
    expect(runIn(result, 'lora', 7).test).not.toBeNull();
    expect(result.runs.every(({ gates }) => gates !== null)).toBe(true);
  });

  it('keeps the Shapley values it has', async () => {
    const before = restingBytes();
    const result = await stopped(tinyConfig(), (event) => event.type === 'found' && event.part === 'shapley');
    expect(restingBytes()).toBe(before);
    expect(result.runs.every(({ test }) => test !== null)).toBe(true);
    expect(result.landscape).toHaveLength(4);
    expect(result.shapley.length).toBeGreaterThan(0);
    expect(result.pruning).toEqual([]);
  });

  it('ends its work when nobody listens any more', async () => {
    const before = restingBytes();
    for await (const event of runStudy(
      inputsOf(engine, tinyConfig({ training: { ...tinyConfig().training, steps: 4000 } })),
    ))
      if (event.type === 'gates') break;
    expect(restingBytes()).toBe(before);
  });
});

describe('a paused study', () => {
  it('does one step at a time, then goes on to the same result', async () => {
    const config = trainingOnly({ arms: [tinyArm('copra')], seeds: [1] });
    const straight = await record(inputsOf(engine, config));
    let isResting = false;
    const control = new (class extends StudyControl {
      override checkpoint(onPause?: () => Promise<void>): Promise<void> {
        return super.checkpoint(async () => {
          await onPause?.();
          isResting = true;
        });
      }
    })();
    let steps = 0;
    let reported = -1;
    const counting = watched(() => steps++);
    const recorded = record(inputsOf(counting, config, { control }), (event) => {
      if (event.type === 'zero-shot') control.pause();
      if (event.type === 'progress' && event.phase === 'train') reported = event.done;
    });
    // Steps that were under way when the pause came are done and reported.
    await vi.waitUntil(() => isResting, PATIENT);
    const reached = steps;
    await vi.waitUntil(() => reported === reached, PATIENT);
    expect(reached).toBeLessThan(9);
    for (let i = 1; i <= 3; i++) {
      control.step();
      await vi.waitFor(
        () => expect(reported, 'who steps sees every step, however short it was').toBe(reached + i),
        PATIENT,
      );
      expect(steps).toBe(reached + i);
    }
    expect(control.isPaused).toBe(true);
    control.resume();
    expect(findings((await recorded).result)).toEqual(findings(straight.result));
  });
});

describe('what does not fit together is refused', () => {
  const refused = (changes: Partial<StudyConfig>, inputs: Partial<StudyInputs> = {}) =>
    expect(record(inputsOf(engine, tinyConfig(changes), inputs))).rejects;
  const task = tinyTask();

  it.each<[string, Partial<StudyConfig>, string]>([
    ['no arms', { arms: [] }, 'invalid at arms'],
    ['a rank of zero', { arms: [tinyArm('lora', 'a', { rank: 0 })] }, 'invalid at arms.0.rank'],
    [
      'a learning rate that is no number',
      { arms: [tinyArm('lora', 'a', { learningRate: NaN })] },
      'invalid at arms.0.learningRate',
    ],
    [
      'two arms of one name',
      { arms: [tinyArm('lora', 'a'), tinyArm('copra', 'a')] },
      'Two arms of the study have the same id',
    ],
    ['a seed twice', { seeds: [1, 1] }, 'A seed appears twice'],
    ['no steps', { training: { ...tinyConfig().training, steps: 0 } }, 'invalid at training.steps'],
  ])('%s', async (_, changes, message) => {
    await refused(changes).toThrow(message);
  });

  it.each<[string, Partial<StudyInputs>, string]>([
    [
      'pixels of another size than named',
      { task: { ...task, imageSize: 16 } },
      'train images of “Colours” have 30 labels',
    ],
    ['no training images', { task: tinyTask(0) }, 'needs training and test images (it has 0 and 40)'],
    [
      'too few pixels',
      { task: { ...task, test: { ...task.test, pixels: new Uint8Array(7) } } },
      'test images of “Colours” have 40 labels and 7 values',
    ],
    [
      'labels beyond the classes',
      { task: { ...task, train: { ...task.train, labels: task.train.labels.with(4, 3) } } },
      'train image 4 of “Colours” has label 3',
    ],
    ['fewer prompts than classes', { task: { ...task, prompts: ['a'] } }, '1 prompt for 3 classes'],
    ['CLIP without a tokenizer', { model: { ...tinyModel(), tokenizer: null } }, 'tokenizer.json'],
  ])('%s', async (_, inputs, message) => {
    await refused({}, inputs).toThrow(message);
  });

  it('an arm that adapts nothing of the backbone, naming it', async () => {
    const arms = [tinyArm('lora'), tinyArm('lora', 'words', { towers: ['text'] })];
    await refused({ arms }, { model: tinyVitModel() }).toThrow('Arm “words”: LoRA adapts nothing');
  });

  it('a step that fails, with its reason, and its memory is free again', async () => {
    const before = restingBytes();
    const failing = withTrainers(engine, () => ({ step: () => Promise.reject(new Error('The device stumbled.')) }));
    await expect(record(inputsOf(failing, trainingOnly()))).rejects.toThrow('The device stumbled.');
    expect(restingBytes()).toBe(before);
  });
});
