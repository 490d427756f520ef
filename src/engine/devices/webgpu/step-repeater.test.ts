/** Steps whose commands are repeated must be the steps that are recorded anew, bit for bit. */
import { expect, test, vi } from 'vitest';
import { patchify } from '../../../model/patchify.ts';
import type { StepPlan, TrainBatch, Trainer } from '../../engine.ts';
import { createDeviceEngine } from '../../passes/device-engine.ts';
import {
  images,
  labelsOf,
  randomAdapter,
  randomGates,
  SHAPE,
  SMALL_BUDGET,
  testClip,
  testPopulation,
  testVit,
} from '../../passes/test-models.ts';
import { FACTOR_GRADIENTS } from './tuning/lora-forms.ts';
import { NORMED_PRODUCTS } from './tuning/normed-product-forms.ts';
import { PRODUCTS, SPLIT_TILES } from './tuning/product-forms.ts';
import { requestGpu } from './request-device.ts';
import { Runtime } from './runtime.ts';
import { openAsCard } from './test-card.ts';
import { createWebgpuDevice, type WebgpuDevice } from './webgpu-device.ts';
import { withWebgpu } from '../../../../tests/support/webgpu-devices.ts';

let device: WebgpuDevice;
withWebgpu((opened) => (device = opened));

const COUNT = 11;
const BATCH = 3;
const RUNS = 2;
const { imageSize, patchSize } = SHAPE;
const preprocessing = {
  imageSize,
  filter: 'bicubic',
  rescale: 1 / 255,
  mean: [0.5, 0.4, 0.3],
  std: [1, 2, 3],
} as const;
const pixels = Uint8Array.from({ length: COUNT * imageSize ** 2 * 3 }, (_, i) => (i * 2654435761) >>> 24);

/** A population on images of the GPU, and the same batches with patches of the host. */
function prepare(
  kind: 'clip' | 'vit',
  { dora = false, sam = false, plan }: { dora?: boolean; sam?: boolean; plan?: StepPlan } = {},
  on = device,
) {
  const engine = createDeviceEngine(on, SMALL_BUDGET);
  const backbone = kind === 'clip' ? testClip() : testVit('quick_gelu');
  engine.load(backbone);
  const { spec: whole, layout } = testPopulation(backbone, {
    runs: RUNS,
    batchSize: BATCH,
    targets: { dora },
    ...(sam && { radii: [0.1, 0] }),
  });
  const spec = plan ? { ...whole, plan } : whole;
  const held = engine.trainingImages({
    pixels,
    count: COUNT,
    size: imageSize,
    borders: new Uint8Array(3 * COUNT),
    preprocessing,
  });
  if (!held) throw new Error('The images were not taken.');
  const patches = patchify(pixels, COUNT, imageSize, patchSize, preprocessing);
  const perImage = patches.length / COUNT;
  const batch = (step: number, gates: Uint8Array): Record<'drawn' | 'brought', TrainBatch> => {
    const index = Int32Array.from({ length: BATCH }, (_, i) => (3 * step + 5 * i) % COUNT);
    const shared = {
      labels: labelsOf(BATCH, step),
      sourceOfRun: [0, 0],
      gates,
      learningRates: Float32Array.of(0.01, 0.02 / (1 + step)),
    };
    const brought = new Float32Array(BATCH * perImage);
    index.forEach((image, i) => brought.set(patches.subarray(image * perImage, (image + 1) * perImage), i * perImage));
    return {
      drawn: { ...shared, patches: { images: held, index, augmentation: null } },
      brought: { ...shared, patches: brought },
    };
  };
  return { engine, backbone, spec, whole, layout, held, batch };
}

/** Two workgroups share every sum, by way of scratch. */
const sumsByTwo = () => [
  vi.spyOn(PRODUCTS, 'usual').mockReturnValue(SPLIT_TILES[0]),
  vi.spyOn(NORMED_PRODUCTS, 'usual').mockReturnValue({ tile: SPLIT_TILES[0], inside: false }),
  vi.spyOn(FACTOR_GRADIENTS, 'usual').mockReturnValue({ parts: 8, workgroups: 2 }),
];

const OPEN = 0;
const MIXED = 1;
const CLOSED_BELOW = 2;

test.each([
  ['clip', {}],
  ['vit', {}],
  ['vit', { shared: true }],
  ['clip', { dora: true }],
  ['clip', { sam: true }],
  ['clip', { sam: true, plan: { runs: RUNS, images: BATCH, recomputeBelow: { vision: 1, text: 2 } } }],
  ['clip', { plan: { runs: 1, images: BATCH, recomputeBelow: { vision: 0, text: 0 } } }],
  ['clip', { plan: { runs: 1, images: 2, recomputeBelow: { vision: 2, text: 0 } } }],
] as const)('a %s trains the same whether commands are repeated or not, %o', async (kind, extras) => {
  const spies = 'shared' in extras ? sumsByTwo() : [];
  const { engine, spec, whole, layout, held, batch } = prepare(kind, 'shared' in extras ? {} : extras);
  const gates = [
    new Uint8Array(RUNS * layout.pairs.length).fill(1),
    randomGates(layout, RUNS, 3),
    Uint8Array.from({ length: RUNS * layout.pairs.length }, (_, i) => layout.pairs[i % layout.pairs.length].layer),
  ];
  const order = [OPEN, MIXED, OPEN, OPEN, CLOSED_BELOW, MIXED, OPEN, MIXED, CLOSED_BELOW, CLOSED_BELOW, OPEN, MIXED];
  const repeat = vi.spyOn(device.runtime, 'repeat');
  const train = async (way: 'drawn' | 'brought', given = spec) => {
    const trainer = engine.createTrainer(given);
    const results = await Promise.all(order.map((which, step) => trainer.step(batch(step, gates[which])[way])));
    const state = await trainer.save();
    trainer.dispose();
    return { results, state };
  };
  const recorded = await train('brought');
  expect(repeat).not.toHaveBeenCalled();
  const repeated = await train('drawn');
  expect(repeat.mock.results.filter(({ value }) => value !== null)).toHaveLength(order.length - 2 * gates.length);
  expect(repeated).toEqual(recorded);
  if (spec.plan?.images === BATCH) expect(repeated).toEqual(await train('brought', whole)); // blocks computed again, runs in turns
  for (const spy of [repeat, ...spies]) spy.mockRestore();
  held.dispose();
});

test('evaluations, freed memory and restored states in between do no harm', async () => {
  const { engine, spec, layout, held, batch } = prepare('clip');
  const gates = new Uint8Array(RUNS * layout.pairs.length).fill(1);
  const disturb = async (trainer: Trainer, step: number) => {
    if (step % 4 === 1) {
      const evaluator = engine.createEvaluator({ objective: spec.objective, layout, scale: 1 });
      const set = evaluator.imageSet(images(7, 1), labelsOf(7));
      await evaluator.evaluate(
        [{ adapter: randomAdapter(layout, 2), gates: gates.subarray(0, layout.pairs.length) }],
        set,
      );
      if (step === 5) await trainer.step(batch(step, gates).drawn); // while buffers of the evaluation are in use
      set.dispose();
      evaluator.dispose();
    }
    if (step === 6) device.runtime.trim();
    if (step === 7) trainer.restore(await trainer.save());
  };
  const train = async (way: 'drawn' | 'brought') => {
    const trainer = engine.createTrainer(spec);
    for (let step = 0; step < 10; step++) {
      await trainer.step(batch(step, gates)[way]);
      await disturb(trainer, step);
    }
    const state = await trainer.save();
    trainer.dispose();
    return state;
  };
  expect(await train('drawn')).toEqual(await train('brought'));
  held.dispose();
});

test('a repeated step asks for one upload, one submission and nothing new', async () => {
  const { engine, spec, layout, held, batch } = prepare('clip');
  const trainer = engine.createTrainer(spec);
  const gates = new Uint8Array(RUNS * layout.pairs.length).fill(1);
  for (let step = 0; step < 3; step++) await trainer.step(batch(step, gates).drawn);
  device.runtime.counter.take();
  await trainer.step(batch(3, gates).drawn);
  const { dispatches, kinds, ...rest } = device.runtime.counter.take();
  expect(rest).toMatchObject({
    uploads: 1,
    submits: 1,
    buffersCreated: 0,
    bindGroupsCreated: 0,
    pipelinesCreated: 0,
  });
  expect(Object.values(kinds).reduce((sum, kind) => sum + kind.dispatches, 0)).toBe(dispatches);
  trainer.dispose();
  held.dispose();
});

test.each(['drawn', 'brought'] as const)(
  'a step of more memory than may lie idle creates nothing from the third one on, with images that are %s',
  async (way) => {
    const requested = await requestGpu();
    const small = createWebgpuDevice(new Runtime(requested, false, 0), requested.description);
    const { engine, spec, layout, batch } = prepare('clip', {}, small);
    const trainer = engine.createTrainer(spec);
    const gates = new Uint8Array(RUNS * layout.pairs.length).fill(1);
    const createBuffer = vi.spyOn(requested.device, 'createBuffer');
    const createBindGroup = vi.spyOn(requested.device, 'createBindGroup');
    const inFlight: Promise<unknown>[] = [];
    for (let step = 0; step < 24; step++) {
      if (step === 2) for (const spy of [createBuffer, createBindGroup]) spy.mockClear();
      if (inFlight.length === 3) await inFlight.shift();
      inFlight.push(trainer.step(batch(step, gates)[way]));
    }
    await Promise.all(inFlight);
    const ofSteps = createBuffer.mock.calls.filter(([{ label }]) => label !== 'read back');
    expect({ buffers: ofSteps.length, bindGroups: createBindGroup.mock.calls.length }).toEqual({
      buffers: 0,
      bindGroups: 0,
    });
    trainer.dispose();
    small.dispose();
  },
  300_000, // a software adapter compiles slowly on a busy machine
);

test('a step that would take a card long is several submissions, recorded or repeated, with the same bits', async () => {
  const train = async (on: WebgpuDevice) => {
    const { engine, spec, layout, batch } = prepare('clip', {}, on);
    const gates = new Uint8Array(RUNS * layout.pairs.length).fill(1);
    const trainer = engine.createTrainer(spec);
    const repeat = vi.spyOn(on.runtime, 'repeat');
    const steps = [];
    const sent = [];
    for (let step = 0; step < 5; step++) {
      on.runtime.counter.take();
      steps.push(await trainer.step(batch(step, gates).drawn));
      sent.push(on.runtime.counter.take());
    }
    const repeated = repeat.mock.results.filter(({ value }) => value !== null).length;
    return { values: { steps, state: await trainer.save() }, sent: sent.slice(1), repeated };
  };
  const [fast, slow] = [await openAsCard(), await openAsCard()];
  const whole = await train(fast);
  expect(whole.sent.map(({ submits }) => submits)).toEqual([1, 1, 1, 1]);
  const flops = Object.values(whole.sent[0].kinds).reduce((sum, kind) => sum + kind.flops, 0);
  slow.runtime.pace.observe(1e9, 1e9 * (1500 / flops)); // a step takes it 1.5 s
  const { values, sent, repeated } = await train(slow);
  expect(values).toEqual(whole.values);
  expect([whole.repeated, repeated]).toEqual([3, 3]);
  for (const { submits, uploads } of sent) {
    expect(submits).toBeGreaterThanOrEqual(5);
    expect(submits).toBeLessThanOrEqual(10);
    expect(uploads).toBe(submits);
  }
  expect(new Set(sent.map(({ submits }) => submits)).size).toBe(1);
  for (const card of [fast, slow]) card.dispose();
}, 300_000); // a software adapter compiles slowly on a busy machine
