/** Small trainings on engines whose device is lost, has no memory or refuses work at a given call. */
import { expect } from 'vitest';
import { createAdapterLayout } from '../../core/adapter-layout.ts';
import { stream } from '../../core/rng.ts';
import { towerShapes } from '../../model/backbone.ts';
import { ADAMW, type Engine, type TrainBatch, type Trainer, type TrainerSpec, type TrainingImages } from '../engine.ts';
import { DeviceLostError, NoDeviceError, OutOfMemoryError, RefusedTogetherError } from '../errors.ts';
import { createDeviceEngine } from '../passes/device-engine.ts';
import { createReferenceDevice } from '../devices/reference/reference-device.ts';
import { tinyClip, tinyImages, tinyPrompts } from '../tiny-clip.ts';
import { RecoveringEngine } from './recovering-engine.ts';

export const SHAPE = { layers: 1, width: 8, heads: 2, imageSize: 8, patchSize: 4 };
export const BATCH = 8;
export const CLASSES = 2;
export const BACKBONE = tinyClip(SHAPE);
export const LAYOUT = createAdapterLayout(towerShapes(BACKBONE), {
  rank: 1,
  towers: ['vision'],
  projections: ['q', 'v'],
});
export const OBJECTIVE = { kind: 'clip', classes: CLASSES, tokens: tinyPrompts(CLASSES) } as const;

export const spec = (): TrainerSpec => {
  const rng = stream(3, 'init');
  return {
    objective: OBJECTIVE,
    layout: LAYOUT,
    scale: 1,
    optimizer: { ...ADAMW, weightDecay: 0.01 },
    initial: [Float32Array.from({ length: LAYOUT.size }, () => 0.1 * rng.normal())],
    inputDropout: [0],
    dropoutSeeds: [0],
  };
};

export const batch = (step: number) => ({
  patches: tinyImages(BATCH, SHAPE).map((value) => value * (1 + 0.1 * step)),
  labels: Int32Array.from({ length: BATCH }, (_, i) => (i + step) % CLASSES),
  sourceOfRun: [0],
  gates: new Uint8Array(LAYOUT.pairs.length).fill(1),
  learningRates: Float32Array.of(0.01),
});

/**
 * An engine whose device is lost at the given call of `step` or `evaluate`, and with it everything after.
 * @param full calls that find no memory @param together calls that are refused with those of others
 */
export function frailEngine(dieAt: number, full: readonly number[] = [], together: readonly number[] = []): Engine {
  const inner = createDeviceEngine(createReferenceDevice(), {
    rows: 1024,
    tensorBytes: 2 ** 30,
    adapterBytes: 2 ** 20,
  });
  let calls = 0;
  const guard = async <R>(work: () => Promise<R>): Promise<R> => {
    if (++calls >= dieAt) throw new DeviceLostError('The cable was pulled.');
    if (full.includes(calls)) throw new OutOfMemoryError('Nothing is left.');
    if (together.includes(calls)) throw new RefusedTogetherError('Refused with others.');
    return work();
  };
  return {
    ...inner,
    createTrainer(trainerSpec) {
      const trainer = inner.createTrainer(trainerSpec);
      return { ...trainer, step: (b) => guard(() => trainer.step(b)) };
    },
    createEvaluator(evaluatorSpec) {
      const evaluator = inner.createEvaluator(evaluatorSpec);
      return {
        imageSet: (patches, labels) => evaluator.imageSet(patches, labels),
        evaluate: (...args) => guard(() => evaluator.evaluate(...args)),
        get blockEvaluations() {
          return evaluator.blockEvaluations;
        },
        dispose: () => evaluator.dispose(),
      };
    },
  };
}

export const solid = () => frailEngine(Infinity);

export async function losses(trainer: Trainer, steps: number, inFlight: number): Promise<number[]> {
  const started: Promise<{ loss: Float32Array }>[] = [];
  const out: number[] = [];
  for (let step = 0; step < steps; step++) {
    started.push(trainer.step(batch(step)));
    if (started.length >= inFlight) out.push((await started.shift()!).loss[0]);
  }
  for (const rest of await Promise.all(started)) out.push(rest.loss[0]);
  return out;
}

/** Trains on an engine as on one that nothing happens to. */
export async function expectSameRun(engine: Engine, inFlight: number, steps = 130): Promise<void> {
  const reference = solid();
  for (const one of [reference, engine]) one.load(BACKBONE);
  const expected = reference.createTrainer(spec());
  const trainer = engine.createTrainer(spec());
  const expectedLosses = await losses(expected, steps, 1);
  const actualLosses = await losses(trainer, steps, inFlight);
  // Checkpoints are float32, the reference device computes in float64: equal up to rounding.
  expectedLosses.forEach((loss, step) => expect(actualLosses[step]).toBeCloseTo(loss, 5));
  const [adapter] = await trainer.adapters();
  (await expected.adapters())[0].forEach((value, i) => expect(adapter[i]).toBeCloseTo(value, 4));
  expect((await trainer.save()).step).toBe(steps);
}

/** An engine whose device is lost at once. It can be opened again after so many attempts. @param then what is opened */
export function absentFor(attempts: number, then: () => Engine) {
  const messages: string[] = [];
  /** What the user is told of the wait. */
  const told: (string | null)[] = [];
  const waits: number[] = [];
  let asked = 0;
  const engine = new RecoveringEngine(
    frailEngine(1),
    () => (asked++ < attempts ? Promise.reject(new NoDeviceError('No adapter.')) : Promise.resolve(then())),
    (message) => messages.push(message),
    (message) => told.push(message),
    (milliseconds) => Promise.resolve(void waits.push(milliseconds)),
  );
  engine.load(BACKBONE);
  return { engine, messages, told, waits };
}

/** An engine that keeps training images: each step's patches are made of those of its own device. */
export function holdingEngine(dieAt: number): Engine {
  const inner = frailEngine(dieAt);
  const patches = tinyImages(4, SHAPE);
  const perImage = patches.length / 4;
  const own = new Set<TrainingImages>();
  return {
    ...inner,
    trainingImages() {
      const images = { count: 4, dispose: () => {} };
      own.add(images);
      return images;
    },
    createTrainer(trainerSpec) {
      const trainer = inner.createTrainer(trainerSpec);
      const make = (b: TrainBatch): TrainBatch => {
        if (b.patches instanceof Float32Array) return b;
        const { images, index } = b.patches;
        if (!own.has(images)) throw new Error('These images lie on another device.');
        const made = new Float32Array(index.length * perImage);
        index.forEach((at, i) => made.set(patches.subarray(at * perImage, (at + 1) * perImage), i * perImage));
        return { ...b, patches: made };
      };
      return { ...trainer, step: (b) => trainer.step(make(b)) };
    },
  };
}

/** An engine that goes on on others. @param next what is opened when the device is lost @param tell hears what the user is told */
export const recovering = (
  first: Engine,
  next: () => Engine = solid,
  tell: (message: string) => void = () => {},
): RecoveringEngine => new RecoveringEngine(first, () => Promise.resolve(next()), tell);

/** An evaluator of an engine, with the question that it is asked: what the backbone alone answers. */
export function evaluating(engine: Engine, images = 1) {
  const evaluator = engine.createEvaluator({ objective: OBJECTIVE, layout: LAYOUT, scale: 1 });
  const labels = Int32Array.from({ length: images }, (_, i) => i % CLASSES);
  const set = evaluator.imageSet(tinyImages(images, SHAPE), labels);
  const variant = { adapter: new Float32Array(LAYOUT.size), gates: new Uint8Array(LAYOUT.pairs.length) };
  return { evaluator, ask: () => evaluator.evaluate([variant], set) };
}
