/** A GPU whose memory runs out: what is asked of it gets smaller, and the results stay. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { COMPILING } from '../../../../tests/support/webgpu-devices.ts';
import { installDawn } from '../../dawn-node.ts';
import type { Engine, Evaluation, Evaluator, StepResult, TrainerSpec, Variant } from '../../engine.ts';
import { OutOfMemoryError } from '../../errors.ts';
import { createDeviceEngine } from '../../passes/device-engine.ts';
import {
  images,
  labelsOf,
  loadedEngine,
  randomAdapter,
  randomGates,
  SHAPE,
  testClip,
  testLayout,
  testObjective,
  testPopulation,
} from '../../passes/test-models.ts';
import { RecoveringEngine } from '../../recovering/recovering-engine.ts';
import { requestGpu, type RequestedDevice } from './request-device.ts';
import { Runtime } from './runtime.ts';
import { createWebgpuDevice, type WebgpuDevice } from './webgpu-device.ts';

const COUNT = 40;
/** One for all tests: compiling its kernels again would take longer than what they compute. */
let gpu: RequestedDevice;
afterAll(() => gpu.device.destroy());

const opened: WebgpuDevice[] = [];
/** Their pipelines are kept, so that the GPU knows them when they are asked for again. */
const closed: WebgpuDevice[] = [];
const closeAll = (): void =>
  opened.splice(0).forEach((device) => {
    device.dispose();
    closed.push(device);
  });
afterEach(closeAll);

/** The device with some of its methods replaced. */
const replaced = (device: GPUDevice, methods: Partial<GPUDevice>): GPUDevice =>
  new Proxy(device, {
    get(_, name) {
      if (name in methods) return methods[name as keyof GPUDevice];
      const value = device[name as keyof GPUDevice] as unknown;
      return typeof value === 'function' ? (value.bind(device) as unknown) : value;
    },
  });

/**
 * The GPU, of which `limit` bytes can be had at a time. What is asked beyond is an invalid buffer, and an error that is told later, to the scope that is open
 * or else by an event. Events of one message come once: as in Firefox.
 */
function openLimited() {
  const { device } = gpu;
  const memory = { live: 0, limit: Infinity, refused: 0 };
  type Listener = (event: Pick<GPUUncapturedErrorEvent, 'error' | 'preventDefault'>) => void;
  const listeners: Listener[] = [];
  const messages = new Set<string>();
  const scopes: { readonly filter: GPUErrorFilter; error: GPUError | null }[] = [];
  const buffers = new Set<GPUBuffer>();
  const isClosed = new AbortController();
  const limited = replaced(device, {
    pushErrorScope(filter) {
      scopes.push({ filter, error: null });
      device.pushErrorScope(filter);
    },
    async popErrorScope() {
      const scope = scopes.pop();
      const error = await device.popErrorScope();
      return scope?.error ?? error;
    },
    addEventListener(_type: string, listener: unknown) {
      const once: Listener = (event) => {
        event.preventDefault();
        if (!messages.has(event.error.message)) (listener as Listener)(event);
        messages.add(event.error.message);
      };
      listeners.push(once);
      device.addEventListener('uncapturederror', once as () => void, { signal: isClosed.signal });
    },
    createBuffer(descriptor) {
      const { size } = descriptor;
      if (memory.live + size > memory.limit) {
        memory.refused++;
        const error = new GPUOutOfMemoryError('Not enough memory left');
        const scope = scopes.findLast(({ filter }) => filter === 'out-of-memory');
        if (scope) scope.error ??= error;
        else queueMicrotask(() => listeners.forEach((listener) => listener({ error, preventDefault: () => {} })));
        device.pushErrorScope('validation');
        const invalid = device.createBuffer({ ...descriptor, usage: 0 });
        void device.popErrorScope();
        return invalid;
      }
      const buffer = device.createBuffer(descriptor);
      memory.live += size;
      buffers.add(buffer);
      const destroy = buffer.destroy.bind(buffer);
      buffer.destroy = () => {
        memory.live -= size;
        buffers.delete(buffer);
        destroy();
      };
      return buffer;
    },
    destroy() {
      isClosed.abort();
      buffers.forEach((buffer) => buffer.destroy());
    },
  });
  const requested = { ...gpu, device: limited };
  const opening = createWebgpuDevice(new Runtime(requested), requested.description);
  opened.push(opening);
  return { device: opening, memory };
}

/** Small passes and large ones: the budget is what halving starts from. */
const BUDGET = { rows: 4096, tensorBytes: 2 ** 30, adapterBytes: 2 ** 20 };

const backbone = testClip();
const layout = testLayout(backbone);
const spec = { objective: testObjective(backbone), layout, scale: 0.7 };
const variants = Array.from({ length: 9 }, (_, v): Variant => ({
  adapter: randomAdapter(layout, v),
  gates: randomGates(layout, 1, v, 0.7),
}));

const evaluatorOf = (device: WebgpuDevice) => loadedEngine(device, backbone, BUDGET).createEvaluator(spec);
const imageSet = (evaluator: Evaluator, seed: number) =>
  evaluator.imageSet(images(COUNT, seed, SHAPE), labelsOf(COUNT));

/** Of two image sets, one after the other, on a GPU with memory enough; and the bytes that took, in total and for the weights. */
async function withoutLimit() {
  const { device, memory } = openLimited();
  const evaluator = evaluatorOf(device);
  const weights = memory.live;
  const sets = [1, 2].map((seed) => imageSet(evaluator, seed));
  const expected: Evaluation[] = [];
  for (const set of sets) expected.push(await evaluator.evaluate(variants, set, { logits: true }));
  expect(memory.refused).toBe(0);
  const all = memory.live;
  closeAll();
  return { expected, weights, all };
}

let unlimited: Awaited<ReturnType<typeof withoutLimit>>;
beforeAll(async () => {
  await installDawn();
  gpu = await requestGpu();
  unlimited = await withoutLimit();
}, COMPILING);

test.each([0.7, 0.5, 0.3])(
  'an evaluation with %d of the memory does less at a time, with the same results',
  async (share) => {
    const { expected, weights, all } = unlimited;
    const { device, memory } = openLimited();
    const evaluator = evaluatorOf(device);
    memory.limit = weights + share * (all - weights);
    // The second is embedded in the submission that fails, and is not asked for before that.
    const sets = [1, 2].map((seed) => imageSet(evaluator, seed));
    for (const [i, set] of sets.entries())
      expect(await evaluator.evaluate(variants, set, { logits: true })).toEqual(expected[i]);
    expect(memory.refused).toBeGreaterThan(0);
    expect(memory.live).toBeLessThanOrEqual(memory.limit);
    sets.forEach((set) => set.dispose());
    expect(device.memoryBytes()).toBeLessThanOrEqual(weights);
  },
  COMPILING,
);

test(
  'an evaluation for which there is never enough says so, and works once there is',
  async () => {
    const { expected, weights } = unlimited;
    const { device, memory } = openLimited();
    const evaluator = evaluatorOf(device);
    memory.limit = weights + 1000;
    const set = imageSet(evaluator, 1);
    await expect(evaluator.evaluate(variants, set)).rejects.toThrow(OutOfMemoryError);
    memory.limit = Infinity;
    expect(await evaluator.evaluate(variants, set, { logits: true })).toEqual(expected[0]);
  },
  COMPILING,
);

test('memory that ends again with the same words is noticed every time', async () => {
  const { device, memory } = openLimited();
  const { runtime } = device;
  const filled = async (value: number) => {
    const tensor = device.upload(new Float32Array(5000).fill(value), 1, 5000);
    try {
      return (await runtime.read([tensor]))[0][0];
    } finally {
      device.free(tensor);
    }
  };
  expect(await filled(1)).toBe(1);
  for (let round = 2; round < 6; round++) {
    runtime.trim();
    memory.limit = memory.live + 1000;
    await expect(filled(round)).rejects.toThrow(OutOfMemoryError);
    memory.limit = Infinity;
    expect(await filled(round)).toBe(round);
  }
});

test('a buffer is trusted only when its own submission went well', async () => {
  const { device, memory } = openLimited();
  const { runtime } = device;
  const first = device.upload(Float32Array.of(1), 1, 1);
  const reading = runtime.read([first]);
  memory.limit = memory.live + 1000;
  const kept = device.upload(new Float32Array(5000).fill(2), 1, 5000);
  await reading;
  await expect(runtime.read([kept])).rejects.toThrow(OutOfMemoryError);
  await expect(runtime.read([kept])).rejects.toThrow(OutOfMemoryError); // and no refused command
  device.free(kept);
  memory.limit = Infinity;
  expect([...(await runtime.read([first]))[0]]).toEqual([1]);
});

test(
  'weights that found no room are no mistake of a command',
  async () => {
    const { device, memory } = openLimited();
    memory.limit = unlimited.weights - 1000;
    const evaluator = evaluatorOf(device);
    const set = imageSet(evaluator, 1);
    await expect(evaluator.evaluate(variants, set)).rejects.toThrow(OutOfMemoryError);
  },
  COMPILING,
);

const POPULATION = { batchSize: 24, runs: 3 };
const STEPS = 8;

/** Three steps in flight. @returns losses of every step, and the state afterwards */
async function train(engine: Engine, given?: TrainerSpec) {
  const { spec, batch } = testPopulation(backbone, POPULATION);
  const trainer = engine.createTrainer(given ?? spec);
  const { batchSize } = POPULATION;
  const started: Promise<StepResult>[] = [];
  const losses: Float32Array[] = [];
  try {
    for (let step = 0; step < STEPS; step++) {
      const patches = images(batchSize, step, SHAPE);
      started.push(trainer.step(batch(step, { patches, labels: labelsOf(batchSize) })));
      const oldest = started.length === 3 && started.shift();
      if (oldest) losses.push((await oldest).loss);
    }
    for (const { loss } of await Promise.all(started)) losses.push(loss);
    return { losses, state: await trainer.save() };
  } finally {
    await Promise.allSettled(started);
    trainer.dispose();
  }
}

/** The same training with memory enough, and the bytes of weights and of all. */
async function trainedWithoutLimit() {
  const { device, memory } = openLimited();
  const engine = loadedEngine(device, backbone, BUDGET);
  await device.runtime.finish();
  const weights = memory.live;
  const expected = await train(engine);
  const all = memory.live;
  closeAll();
  return { expected, weights, all };
}

let unlimitedTraining: Awaited<ReturnType<typeof trainedWithoutLimit>>;
beforeAll(async () => {
  unlimitedTraining = await trainedWithoutLimit();
}, COMPILING);

async function openRecovering() {
  const limited = openLimited();
  const notices: string[] = [];
  const never = () => Promise.reject(new Error('The device was not lost.'));
  const inner = createDeviceEngine(limited.device, BUDGET);
  const engine = new RecoveringEngine(inner, never, (notice) => notices.push(notice));
  engine.load(backbone);
  await limited.device.runtime.finish();
  return { ...limited, engine, notices };
}

test.each([0.95, 0.6])(
  'a training with %d of its memory goes on with less at a time, to the same bits, and the next one begins so',
  async (share) => {
    const { expected, weights, all } = unlimitedTraining;
    const { engine, device, memory, notices } = await openRecovering();
    memory.limit = weights + share * (all - weights);
    expect(await train(engine)).toEqual(expected);
    expect(memory.refused).toBeGreaterThan(0);
    // The first steps, which have fewer gates open, may still have fitted as they are.
    expect(notices.at(-1)).toContain('take less at a time from here on: that costs time, and changes no result');
    const told = notices.length;
    expect(device.memoryBytes()).toBeLessThanOrEqual(weights);

    memory.refused = 0;
    const { spec } = testPopulation(backbone, POPULATION);
    const { plan, cost, limit } = engine.planMemory(spec, POPULATION.batchSize);
    expect(cost).toBeGreaterThan(1);
    expect(limit.kind).toBe('found');
    expect(await train(engine, { ...spec, plan })).toEqual(expected);
    expect(memory.refused).toBe(0);
    expect(notices).toHaveLength(told);
    engine.load(backbone);
    expect(engine.planMemory(spec, POPULATION.batchSize).limit.kind).toBe('guessed');
  },
  COMPILING,
);

test(
  'a training that lacks only what lay in reserve is repeated as it is',
  async () => {
    const { expected, all } = unlimitedTraining;
    const { engine, memory, notices } = await openRecovering();
    const evaluator = engine.createEvaluator(spec);
    const set = imageSet(evaluator, 1);
    await evaluator.evaluate(variants, set);
    set.dispose();
    evaluator.dispose();
    expect(memory.live).toBeGreaterThan(all); // nearly all of it idle
    memory.limit = memory.live + 1000;
    expect(await train(engine)).toEqual(expected);
    expect(memory.refused).toBeGreaterThan(0);
    expect(notices).toEqual([expect.stringContaining('What lay in reserve was given back')]);
    expect(engine.planMemory(testPopulation(backbone, POPULATION).spec, POPULATION.batchSize).cost).toBe(1);
  },
  COMPILING,
);

test(
  'a training for which there is never enough says so',
  async () => {
    const { engine, memory } = await openRecovering();
    memory.limit = memory.live + 1000;
    await expect(train(engine)).rejects.toThrow('Close other programs that use it');
  },
  COMPILING,
);

test(
  'steps under way all fail when one finds no memory',
  async () => {
    const { device, memory } = openLimited();
    const population = testPopulation(backbone, { batchSize: 8 });
    const trainer = loadedEngine(device, backbone).createTrainer(population.spec);
    await device.runtime.finish();
    memory.limit = memory.live + 1000;
    const steps = [0, 1, 2].map((step) =>
      trainer.step(population.batch(step, { patches: images(8, step, SHAPE), labels: labelsOf(8) })),
    );
    const outcomes = await Promise.allSettled(steps);
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(OutOfMemoryError) as OutOfMemoryError });
    expect(outcomes[0]).toHaveProperty('reason.message', expect.stringContaining('Close other programs that use it'));
  },
  COMPILING,
);
