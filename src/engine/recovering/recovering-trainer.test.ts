/** A training goes on on another device as if nothing had happened. */
import { expect, test, vi } from 'vitest';
import type { Engine, Trainer } from '../engine.ts';
import { OutOfMemoryError } from '../errors.ts';
import { RecoveringEngine } from './recovering-engine.ts';
import {
  BATCH,
  BACKBONE,
  LAYOUT,
  OBJECTIVE,
  spec,
  batch,
  frailEngine,
  solid,
  losses,
  expectSameRun,
  holdingEngine,
  recovering,
} from './test-frail-engine.ts';

test.each([[1, 0], ...[0, 1, 2, 3, 4, 8, 20].map((turns): [number, number] => [3, turns])])(
  'a lost device does not change a run, %i in flight, on devices that take %i turns to open',
  async (inFlight, turns) => {
    const messages: string[] = [];
    const lives = [70, 20, Infinity]; // the second device dies while the steps since the checkpoint are repeated
    const engine = new RecoveringEngine(
      frailEngine(90),
      async () => {
        for (let turn = 0; turn < turns; turn++) await Promise.resolve();
        return frailEngine(lives.shift() ?? Infinity);
      },
      (message) => messages.push(message),
    );
    await expectSameRun(engine, inFlight);
    expect(messages.length).toBeGreaterThan(0);
    expect(messages[0]).toContain('The cable was pulled.');
  },
);

test('what is disposed of while a trainer repeats its steps is not made again', async () => {
  const made = vi.fn<Engine['createEvaluator']>();
  const second = solid();
  const next: Engine = {
    ...second,
    createTrainer(trainerSpec) {
      given.dispose();
      return second.createTrainer(trainerSpec);
    },
    createEvaluator(evaluatorSpec) {
      made(evaluatorSpec);
      return second.createEvaluator(evaluatorSpec);
    },
  };
  const engine = recovering(frailEngine(3), () => next);
  engine.load(BACKBONE);
  const trainer = engine.createTrainer(spec());
  const [given] = [0, 1].map(() => engine.createEvaluator({ objective: OBJECTIVE, layout: LAYOUT, scale: 1 }));
  for (let step = 0; step < 3; step++) await trainer.step(batch(step));
  expect(engine.generation).toBe(1);
  expect(made).toHaveBeenCalledTimes(1);
});

test('a trainer that is brought back to a state while a checkpoint of it is saved forgets that checkpoint', async () => {
  const trained = async (engine: Engine) => {
    engine.load(BACKBONE);
    const trainer = engine.createTrainer(spec());
    const first = await trainer.save();
    await losses(trainer, 49, 1);
    const last = trainer.step(batch(49)); // a checkpoint follows it
    trainer.restore(first);
    await last;
    await losses(trainer, 4, 1);
    return trainer.save();
  };
  const expected = await trained(solid());
  const recovered = await trained(recovering(frailEngine(53)));
  expect(recovered.step).toBe(4);
  recovered.adapters[0].forEach((value, i) => expect(value).toBeCloseTo(expected.adapters[0][i], 4));
});

test('a trainer that is disposed while its steps are repeated makes no other', async () => {
  let made = 0;
  const inner = frailEngine(Infinity, [2, 3, 4, 5]);
  const messages: string[] = [];
  const engine = new RecoveringEngine(
    { ...inner, createTrainer: (given) => (made++, inner.createTrainer(given)) },
    () => Promise.resolve(solid()),
    (message) => messages.push(message),
  );
  engine.load(BACKBONE);
  const trainer = engine.createTrainer(spec());
  await trainer.step(batch(0));
  const failing = trainer.step(batch(1));
  trainer.dispose();
  await expect(failing).rejects.toThrow(OutOfMemoryError);
  expect(made).toBe(1);
  expect(messages).toEqual([]);
});

test('a batch that was refused does not stand in the way of a recovery', async () => {
  const engine = recovering(frailEngine(2));
  engine.load(BACKBONE);
  const trainer = engine.createTrainer(spec());
  await expect(trainer.step({ ...batch(0), gates: new Uint8Array(1) })).rejects.toThrow('gates');
  const first = await trainer.step(batch(0));
  expect(first.loss[0]).toBeGreaterThan(0);
});

test('large batches are checkpointed sooner: what is kept to be repeated stays small', async () => {
  let saves = 0;
  const inner = solid();
  const state = { step: 0, adapters: [], firstMoments: [], secondMoments: [], counts: [] };
  const result = { loss: Float32Array.of(1), gradientNorm: Float32Array.of(1), accuracy: Float32Array.of(1) };
  const trainer: Trainer = {
    runs: 1,
    step: () => Promise.resolve(result),
    adapters: () => Promise.resolve([]),
    save: () => Promise.resolve((saves++, state)),
    restore: () => {},
    dispose: () => {},
  };
  const engine = new RecoveringEngine(
    { ...inner, createTrainer: () => trainer },
    () => Promise.resolve(inner),
    () => {},
  );
  const recovering = engine.createTrainer(spec());
  const large = { ...batch(0), patches: new Float32Array(12 * 2 ** 20) }; // 48 MB: every third step
  for (let step = 0; step < 9; step++) await recovering.step(large);
  expect(saves).toBe(3);
});

test('training images follow onto the new device before the steps on them are repeated', async () => {
  const engine = recovering(holdingEngine(70), () => holdingEngine(Infinity));
  engine.load(BACKBONE);
  const trainer = engine.createTrainer(spec()); // before its images
  const preprocessing = { imageSize: 8, filter: 'bicubic', rescale: 1, mean: [0, 0, 0], std: [1, 1, 1] } as const;
  const pixels = {
    pixels: new Uint8Array(4 * 8 * 8 * 3),
    count: 4,
    size: 8,
    borders: new Uint8Array(12),
    preprocessing,
  };
  const images = engine.trainingImages(pixels);
  if (!images) throw new Error('The images were not taken.');
  for (let step = 0; step < 80; step++) {
    const index = Int32Array.from({ length: BATCH }, (_, i) => (step + i) % 4);
    await trainer.step({ ...batch(step), patches: { images, index, augmentation: null } });
  }
  expect((await trainer.save()).step).toBe(80);
  images.dispose();
});
