import { expect, test, vi } from 'vitest';
import { createAdapterLayout } from '../../core/adapter-layout.ts';
import { stream } from '../../core/rng.ts';
import { towerShapes } from '../../model/backbone.ts';
import {
  ADAMW,
  type Engine,
  type KernelTuner,
  type TrainBatch,
  type Trainer,
  type TrainerSpec,
  type TrainingImages,
} from '../engine.ts';
import {
  DeviceLostError,
  NoDeviceError,
  OutOfMemoryError,
  RefusedTogetherError,
  SilentDeviceError,
} from '../errors.ts';
import { createDeviceEngine } from '../passes/device-engine.ts';
import { createReferenceDevice } from '../devices/reference/reference-device.ts';
import { tinyClip, tinyImages, tinyPrompts } from '../tiny-clip.ts';
import { RecoveringEngine } from './recovering-engine.ts';

const SHAPE = { layers: 1, width: 8, heads: 2, imageSize: 8, patchSize: 4 };
const BATCH = 8;
const CLASSES = 2;
const BACKBONE = tinyClip(SHAPE);
const LAYOUT = createAdapterLayout(towerShapes(BACKBONE), { rank: 1, towers: ['vision'], projections: ['q', 'v'] });
const OBJECTIVE = { kind: 'clip', classes: CLASSES, tokens: tinyPrompts(CLASSES) } as const;

const spec = (): TrainerSpec => {
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

const batch = (step: number) => ({
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
function frailEngine(dieAt: number, full: readonly number[] = [], together: readonly number[] = []): Engine {
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

const solid = () => frailEngine(Infinity);

async function losses(trainer: Trainer, steps: number, inFlight: number): Promise<number[]> {
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
async function expectSameRun(engine: Engine, inFlight: number, steps = 130): Promise<void> {
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
  const engine = new RecoveringEngine(
    frailEngine(3),
    () => Promise.resolve(next),
    () => {},
  );
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
  const recovered = await trained(
    new RecoveringEngine(
      frailEngine(53),
      () => Promise.resolve(solid()),
      () => {},
    ),
  );
  expect(recovered.step).toBe(4);
  recovered.adapters[0].forEach((value, i) => expect(value).toBeCloseTo(expected.adapters[0][i], 4));
});

test.each<[string, number, readonly number[], number, readonly string[]]>([
  ['once', 1, [7], Infinity, ['given back']],
  ['once, with three steps in flight', 3, [7], Infinity, ['given back']],
  ['again while steps are repeated', 3, [60, 64], Infinity, ['take less at a time']],
  ['twice, on either side of a checkpoint', 3, [60, 90], Infinity, ['given back', 'take less at a time']],
  ['at the checkpoint itself', 3, [50, 51], Infinity, ['take less at a time']],
  ['and the device is lost while steps are repeated', 3, [60], 65, ['The cable was pulled.']],
])('memory that ends does not change a run: %s', async (_, inFlight, full, dieAt, told) => {
  const messages: string[] = [];
  const engine = new RecoveringEngine(
    frailEngine(dieAt, full),
    () => Promise.resolve(solid()),
    (message) => messages.push(message),
  );
  await expectSameRun(engine, inFlight);
  expect(messages).toEqual(told.map((part) => expect.stringContaining(part) as string));
});

test('work that was refused with that of others is repeated as it is, however often', async () => {
  const messages: string[] = [];
  const engine = new RecoveringEngine(
    frailEngine(Infinity, [], [5, 6, 12, 20, 21, 40]),
    () => Promise.resolve(solid()),
    (message) => messages.push(message),
  );
  await expectSameRun(engine, 3, 30);
  expect(messages).toEqual([]);
  expect(engine.planMemory(spec(), BATCH).limit.kind).toBe('guessed');
});

test('what was found holds for a step alone, whatever lies beside it, and whatever the reader allows', async () => {
  const engine = new RecoveringEngine(
    frailEngine(Infinity, [3, 5]),
    () => Promise.resolve(solid()),
    () => {},
  );
  engine.load(BACKBONE);
  const trainer = engine.createTrainer(spec());
  await losses(trainer, 8, 1);
  const alone = engine.planMemory(spec(), BATCH);
  expect(alone).toMatchObject({ fits: true, limit: { kind: 'found' } });
  expect(alone.cost).toBeGreaterThan(1);
  const { plan, fits } = engine.planMemory(spec(), BATCH, { otherBytes: 1e9, chosenBytes: 2 ** 40 });
  expect({ plan, fits }).toEqual({ plan: alone.plan, fits: true });
});

test.each([
  ['holds on the same device', {}, 'found'],
  ['does not hold on another device', { device: 'another card' }, 'guessed'],
])('what was found %s that goes on after a loss', async (_, change, kind) => {
  const other = solid();
  const engine = new RecoveringEngine(
    frailEngine(12, [3, 5]),
    () => Promise.resolve({ ...other, info: { ...other.info, ...change } }),
    () => {},
  );
  engine.load(BACKBONE);
  const trainer = engine.createTrainer(spec());
  await losses(trainer, 4, 1);
  expect(engine.planMemory(spec(), BATCH).limit.kind).toBe('found');
  await losses(trainer, 8, 1);
  expect(engine.engine.info).toEqual({ ...other.info, ...change });
  expect(engine.planMemory(spec(), BATCH).limit.kind).toBe(kind);
});

test('what was found on a device in between does not hold on the one that comes back', async () => {
  const [lost, between, back] = [frailEngine(2), frailEngine(3, [1, 2]), solid()];
  const opened = [{ ...between, info: { ...between.info, device: 'another card' } }, back];
  const engine = new RecoveringEngine(
    lost,
    () => Promise.resolve(opened.shift()!),
    () => {},
  );
  engine.load(BACKBONE);
  await losses(engine.createTrainer(spec()), 4, 1);
  expect(engine.engine).toBe(back);
  expect(engine.planMemory(spec(), BATCH).limit.kind).toBe('guessed');
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

test('memory that never suffices ends every step under way, and none hangs', async () => {
  const always = Array.from({ length: 100 }, (_, i) => i + 1);
  const engine = new RecoveringEngine(
    frailEngine(Infinity, always),
    () => Promise.resolve(solid()),
    () => {},
  );
  engine.load(BACKBONE);
  const trainer = engine.createTrainer(spec());
  const outcomes = await Promise.allSettled([0, 1, 2].map((step) => trainer.step(batch(step))));
  for (const outcome of outcomes)
    expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(OutOfMemoryError) as Error });
});

test('an evaluation that was cut off is repeated on the new device', async () => {
  const engine = new RecoveringEngine(
    frailEngine(1),
    () => Promise.resolve(solid()),
    () => {},
  );
  engine.load(BACKBONE);
  const evaluator = engine.createEvaluator({ objective: OBJECTIVE, layout: LAYOUT, scale: 1 });
  const set = evaluator.imageSet(tinyImages(4, SHAPE), Int32Array.of(0, 1, 0, 1));
  const variant = { adapter: new Float32Array(LAYOUT.size), gates: new Uint8Array(LAYOUT.pairs.length) };
  const { predicted } = await evaluator.evaluate([variant], set);
  expect(predicted).toHaveLength(4);
  expect(evaluator.blockEvaluations).toBe(4);
});

test('a device that is lost again and again is given up with a way out', async () => {
  const engine = new RecoveringEngine(
    frailEngine(1),
    () => Promise.resolve(frailEngine(1)),
    () => {},
  );
  engine.load(BACKBONE);
  const trainer = engine.createTrainer(spec());
  await expect(trainer.step(batch(0))).rejects.toThrow(/lost 5 times.*WebAssembly/);
});

test('losses count in a row: a device that works in between may be lost more often', async () => {
  const messages: string[] = [];
  const engine = new RecoveringEngine(
    frailEngine(4),
    () => Promise.resolve(frailEngine(messages.length === 8 ? Infinity : 3 * messages.length + 8)),
    (message) => messages.push(message),
  );
  engine.load(BACKBONE);
  const trainer = engine.createTrainer(spec());
  await losses(trainer, 40, 1);
  expect(messages).toHaveLength(9);
});

test('a device that was given up is tried again by whoever asks again', async () => {
  let isFree = false;
  const engine = new RecoveringEngine(
    frailEngine(1),
    () => Promise.resolve(isFree ? solid() : frailEngine(1)),
    () => {},
  );
  engine.load(BACKBONE);
  const variant = { adapter: new Float32Array(LAYOUT.size), gates: new Uint8Array(LAYOUT.pairs.length) };
  const evaluator = engine.createEvaluator({ objective: OBJECTIVE, layout: LAYOUT, scale: 1 });
  const set = evaluator.imageSet(tinyImages(1, SHAPE), Int32Array.of(0));
  await expect(evaluator.evaluate([variant], set)).rejects.toThrow('WebAssembly');
  isFree = true;
  expect((await evaluator.evaluate([variant], set)).predicted).toHaveLength(1);
});

/** An engine whose device is lost at once. It can be opened again after so many attempts. @param then what is opened */
function absentFor(attempts: number, then: () => Engine) {
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

test('a device that cannot be had for a while is waited for, longer every time', async () => {
  const { engine, messages, told, waits } = absentFor(6, solid);
  expect((await engine.createTrainer(spec()).step(batch(0))).loss[0]).toBeGreaterThan(0);
  expect(waits).toHaveLength(6);
  expect(waits).toEqual([...new Set(waits)].sort((a, b) => a - b));
  expect(told).toEqual([
    'The cable was pulled. It is being opened again.',
    expect.stringMatching(/^The cable was pulled\. No graphics adapter answers\. .* up to two minutes\. .*WebAssembly/),
    null,
  ]);
  expect(messages).toEqual(['The cable was pulled. It was opened again and the study goes on where it was.']);
});

test('a device that never comes back is given up with a way out, after two minutes', async () => {
  const { engine, told, waits } = absentFor(Infinity, solid);
  const step = engine.createTrainer(spec()).step(batch(0));
  await expect(step).rejects.toThrow(DeviceLostError);
  await expect(step).rejects.toThrow(/two minutes.*WebAssembly/);
  expect(told.at(-1)).toBeNull();
  expect(waits.reduce((sum, wait) => sum + wait, 0)).toBe(120_000);
});

test('nobody waits for the device of an engine that was given back', async () => {
  const { engine, waits } = absentFor(Infinity, solid);
  const step = engine.createTrainer(spec()).step(batch(0));
  engine.dispose();
  await expect(step).rejects.toThrow(DeviceLostError);
  expect(waits).toEqual([]);
});

/** An engine whose device is lost at once, and what opens the next one, or says that there is none, when the test wants it. */
function awaited() {
  const attempts: { readonly resolve: (engine: Engine) => void; readonly reject: (error: Error) => void }[] = [];
  const told: (string | null)[] = [];
  const engine = new RecoveringEngine(
    frailEngine(1),
    () => new Promise((resolve, reject) => attempts.push({ resolve, reject })),
    () => {},
    (message) => told.push(message),
    () => new Promise(() => {}), // until the next attempt
  );
  engine.load(BACKBONE);
  const evaluator = engine.createEvaluator({ objective: OBJECTIVE, layout: LAYOUT, scale: 1 });
  const set = evaluator.imageSet(tinyImages(1, SHAPE), Int32Array.of(0));
  const variant = { adapter: new Float32Array(LAYOUT.size), gates: new Uint8Array(LAYOUT.pairs.length) };
  const ask = () => evaluator.evaluate([variant], set);
  const untilAttempt = (count: number) => vi.waitUntil(() => attempts.length === count);
  return { engine, attempts, told, ask, untilAttempt };
}

test.each([
  ['its engine was given back', (engine: RecoveringEngine) => engine.dispose()],
  ['nobody wants it any more', (_: RecoveringEngine, question: AbortController) => question.abort()],
])('a device that comes when %s is given back, and nobody waits for it', async (_, leave) => {
  const { engine, attempts, told, ask, untilAttempt } = awaited();
  const question = new AbortController();
  engine.waitUntil(question.signal);
  const answer = ask();
  answer.catch(() => {});
  await untilAttempt(1);
  leave(engine, question);
  await expect(answer).rejects.toThrow('The cable was pulled.');
  expect(told).toEqual(['The cable was pulled. It is being opened again.', null]);
  const dispose = vi.fn();
  attempts[0].resolve({ ...solid(), dispose });
  await vi.waitUntil(() => dispose.mock.calls.length > 0);
  expect(dispose).toHaveBeenCalledOnce();
});

test('whoever asks after a question that stopped waiting has the device opened at once, however often that happens', async () => {
  const { engine, attempts, told, ask, untilAttempt } = awaited();
  const questions = 7; // more than losses in a row after which a device is given up
  for (let question = 1; question <= questions; question++) {
    const stop = new AbortController();
    engine.waitUntil(stop.signal);
    const answer = ask();
    answer.catch(() => {});
    await untilAttempt(question);
    attempts[question - 1].reject(new NoDeviceError('No adapter.'));
    await vi.waitUntil(() => told.at(-1)?.includes('up to two minutes'));
    stop.abort();
    await expect(answer).rejects.toThrow('The cable was pulled.');
    expect(told.at(-1)).toBeNull();
    await expect(ask()).rejects.toThrow('The cable was pulled.'); // it was stopped before the loss was known
  }
  engine.waitUntil(null);
  const answer = ask();
  await untilAttempt(questions + 1);
  attempts[questions].resolve(solid());
  expect((await answer).predicted).toHaveLength(1);
  expect(told.at(-1)).toBeNull();
});

test.each([
  ['of another name', { device: 'another card' }, false],
  ['that is only emulated', { device: 'SwiftShader', software: true }, true],
])('a device %s that goes on is named, and gets the usual forms of kernels', async (_, change, isEmulated) => {
  const choose = vi.fn<KernelTuner['choose']>();
  const other = {
    ...solid(),
    tuner: {
      key: 'other',
      choose,
      chosen: {},
      bySize: [],
      prove: vi.fn<KernelTuner['prove']>(),
      tune: vi.fn<KernelTuner['tune']>(),
    },
  };
  const { engine, messages } = absentFor(0, () => ({ ...other, info: { ...other.info, ...change } }));
  engine.engine = { ...engine.engine, tuner: { ...other.tuner, choose: () => {} } };
  engine.tuner?.choose({ site: 'form' });
  const { device } = engine.info;
  await engine.createTrainer(spec()).step(batch(0));
  expect(messages).toEqual([expect.stringContaining(`${change.device} instead of ${device}`)]);
  expect(messages[0].includes('only emulated')).toBe(isEmulated);
  expect(choose.mock.calls).toEqual([[{}]]);
  expect(engine.info.device).toBe(change.device);
});

test('a device that did not answer is said to be opened again before that, which may take as long', async () => {
  const told: (string | null)[] = [];
  const silent = solid();
  const step = () => Promise.reject(new SilentDeviceError('It fell silent.'));
  const engine = new RecoveringEngine(
    { ...silent, createTrainer: (given) => ({ ...silent.createTrainer(given), step }) },
    () => {
      expect(told).toEqual(['It fell silent. It is being opened again.']);
      return Promise.resolve(solid());
    },
    () => {},
    (message) => told.push(message),
  );
  engine.load(BACKBONE);
  await engine.createTrainer(spec()).step(batch(0));
  expect(told.slice(1)).toEqual([null]);
});

test('a new device knows the pace of the lost one, and has the usual forms of kernels after a second loss with others', async () => {
  const chosen: unknown[] = [];
  const followed: number[] = [];
  const messages: string[] = [];
  let opened = 0;
  const open = (dieAt: number): Engine => {
    const losses = opened++;
    return {
      ...frailEngine(dieAt),
      pace: {
        learned: { perMillisecond: 1e6, losses },
        beginAfterLoss: (lost) => followed.push(lost.losses),
        forgive: () => {},
      },
      tuner: {
        key: 'a card',
        choose: (choice) => chosen.push(choice),
        chosen: {},
        bySize: [],
        prove: vi.fn<KernelTuner['prove']>(),
        tune: vi.fn<KernelTuner['tune']>(),
      },
    };
  };
  const engine = new RecoveringEngine(
    open(4),
    () => Promise.resolve(open(opened === 1 ? 8 : Infinity)),
    (message) => messages.push(message),
  );
  engine.tuner?.choose({ site: 'form' });
  engine.load(BACKBONE);
  await losses(engine.createTrainer(spec()), 12, 1);
  expect(followed).toEqual([0, 1]);
  expect(chosen).toEqual([{ site: 'form' }, { site: 'form' }, {}]);
  expect(messages.map((message) => message.includes('usual forms'))).toEqual([false, false, true]);
});

test('forms that are compared when the device is lost are compared again, on the new one those that it has', async () => {
  const steps = [{ spec: spec(), batchSize: 2, examples: [] }];
  const right = { choice: { site: 'form' }, refused: [], faults: {} };
  const prove = vi
    .fn<KernelTuner['prove']>()
    .mockRejectedValueOnce(new DeviceLostError('gone'))
    .mockResolvedValue(right);
  const tuner = { key: 'a card', choose: () => {}, chosen: {}, bySize: [], prove, tune: vi.fn<KernelTuner['tune']>() };
  const engine = new RecoveringEngine(
    { ...solid(), tuner },
    () => Promise.resolve({ ...solid(), tuner }),
    () => {},
  );
  engine.load(BACKBONE);
  const later = () => Promise.resolve();
  const watch = { onFirst: later, onReturn: later, onUncompiled: later };
  expect(await engine.tuner?.prove(steps, watch)).toEqual(right);
  expect(prove.mock.calls).toEqual([
    [steps, watch],
    [steps, watch],
  ]);
});

test('a loss is forgiven for three studies in a row that work without one', async () => {
  const forgive = vi.fn();
  const pace = { learned: { perMillisecond: null, losses: 0 }, beginAfterLoss: () => {}, forgive };
  const engine = new RecoveringEngine(
    { ...frailEngine(7), pace },
    () => Promise.resolve({ ...solid(), pace }),
    () => {},
  );
  engine.load(BACKBONE);
  const forgiven: number[] = [];
  const study = async (steps: number): Promise<void> => {
    const trainer = engine.createTrainer(spec());
    await losses(trainer, steps, 1);
    trainer.dispose();
    engine.release();
    forgiven.push(forgive.mock.calls.length);
  };
  await study(2);
  await study(2);
  await study(4); // the third is lost
  for (const steps of [2, 2, 0, 2]) await study(steps); // one of them does nothing
  expect(forgiven).toEqual([0, 0, 0, 0, 0, 0, 1]);
});

test('a batch that was refused does not stand in the way of a recovery', async () => {
  const engine = new RecoveringEngine(
    frailEngine(2),
    () => Promise.resolve(solid()),
    () => {},
  );
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

/** An engine that keeps training images: each step's patches are made of those of its own device. */
function holdingEngine(dieAt: number): Engine {
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

test('training images follow onto the new device before the steps on them are repeated', async () => {
  const engine = new RecoveringEngine(
    holdingEngine(70),
    () => Promise.resolve(holdingEngine(Infinity)),
    () => {},
  );
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

test('kernels are tuned on the images that lie on the present device', () => {
  const tune = vi.fn<KernelTuner['tune']>(() => ({
    slice: () => Promise.resolve(true),
    isWaiting: false,
    end: () => {},
  }));
  const inner = holdingEngine(Infinity);
  const engine = new RecoveringEngine(
    {
      ...inner,
      tuner: { key: 'a card', choose: () => {}, chosen: {}, bySize: [], prove: vi.fn<KernelTuner['prove']>(), tune },
    },
    () => Promise.resolve(solid()),
    () => {},
  );
  engine.load(BACKBONE);
  const taken: TrainingImages = { count: 0, dispose: () => {} };
  vi.spyOn(engine.engine, 'trainingImages').mockReturnValue(taken);
  const preprocessing = { imageSize: 8, filter: 'bicubic', rescale: 1, mean: [0, 0, 0], std: [1, 1, 1] } as const;
  const images = engine.trainingImages({
    pixels: new Uint8Array(),
    count: 0,
    size: 8,
    borders: new Uint8Array(),
    preprocessing,
  });
  if (!images) throw new Error('The images were not taken.');
  const drawn = { images, index: Int32Array.of(0), augmentation: null };
  const steps = { spec: spec(), batchSize: BATCH, example: {} };
  engine.tuner?.tune({ ...steps, images: drawn }, null, () => Promise.resolve());
  engine.tuner?.tune(steps, null, () => Promise.resolve());
  expect(tune.mock.calls.map(([{ images: seen }]) => seen?.images)).toEqual([taken, undefined]);
});
