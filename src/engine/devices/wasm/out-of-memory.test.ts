/** WASM whose memory ends: what did not fit leaves nothing behind, so what is smaller fits. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBytes } from '../../../../tests/support/files.ts';
import type { Evaluation, Evaluator, Variant } from '../../engine.ts';
import { OutOfMemoryError } from '../../errors.ts';
import { createDeviceEngine } from '../../passes/device-engine.ts';
import {
  images,
  labelsOf,
  loadedEngine,
  randomAdapter,
  randomGates,
  testClip,
  testLayout,
  testObjective,
  testPopulation,
  testVit,
} from '../../passes/test-models.ts';
import { createWasmDevice } from './create.ts';
import type { WasmDevice } from './wasm-device.ts';

const MEGABYTE = 2 ** 20;
const SHAPE = { layers: 2, width: 64, heads: 2, imageSize: 16, patchSize: 4 };
const BUDGET = { rows: 4096, tensorBytes: 2 ** 30, adapterBytes: MEGABYTE };

const module = readBytes('src/engine/devices/wasm/generated/kernels-single.wasm');
const opened: WasmDevice[] = [];
async function open(megabytes: number): Promise<WasmDevice> {
  const device = await createWasmDevice({ module, threads: 1, maxBytes: megabytes * MEGABYTE });
  opened.push(device);
  return device;
}
afterAll(() => opened.forEach((device) => device.dispose()));

test('a tensor that finds no room is out of memory', async () => {
  const device = await open(16);
  expect(() => device.zeros(8 * MEGABYTE, 1)).toThrow(OutOfMemoryError);
});

describe.each([
  ['CLIP', () => testClip('gelu', SHAPE)],
  ['ViT', () => testVit('gelu', SHAPE)],
])('a training step of %s that finds no room', (_, make) => {
  test('leaves nothing behind, and a smaller one is computed as ever', async () => {
    const backbone = make();
    const large = testPopulation(backbone, { batchSize: 400 });
    const small = testPopulation(backbone, { batchSize: 4 });
    const batchOf = (count: number) => ({ patches: images(count, 1, SHAPE), labels: labelsOf(count) });
    const step = async (device: WasmDevice, failsFirst: boolean) => {
      const engine = loadedEngine(device, backbone);
      const bytes = engine.memoryBytes();
      for (let attempt = 0; failsFirst && attempt < 3; attempt++) {
        const trainer = engine.createTrainer(large.spec);
        await expect(trainer.step(large.batch(0, batchOf(400)))).rejects.toThrow(OutOfMemoryError);
        trainer.dispose();
      }
      const trainer = engine.createTrainer(small.spec);
      const { loss } = await trainer.step(small.batch(0, batchOf(4)));
      const [adapter] = await trainer.adapters();
      trainer.dispose();
      return { loss, adapter, kept: engine.memoryBytes() - bytes };
    };
    const expected = await step(await open(512), false);
    expect(await step(await open(24), true)).toEqual(expected);
  });
});

test('a backbone that finds no room leaves nothing behind', async () => {
  const device = await open(16);
  const engine = createDeviceEngine(device, BUDGET);
  const wide = testClip('gelu', { ...SHAPE, width: 512, layers: 4 });
  expect(() => engine.load(wide)).toThrow(OutOfMemoryError);
  expect(engine.memoryBytes()).toBe(0);
  engine.load(testClip('gelu', SHAPE));
  expect(engine.memoryBytes()).toBeGreaterThan(0);
});

describe('an evaluation that finds no room', () => {
  const backbone = testClip('gelu', SHAPE);
  const layout = testLayout(backbone);
  const spec = { objective: testObjective(backbone), layout, scale: 0.7 };
  const variants = Array.from({ length: 9 }, (_, v): Variant => ({
    adapter: randomAdapter(layout, v),
    gates: randomGates(layout, 1, v, 0.7),
  }));
  const evaluate = async (evaluator: Evaluator) => {
    const set = evaluator.imageSet(images(60, 1, SHAPE), labelsOf(60));
    try {
      return await evaluator.evaluate(variants, set, { logits: true });
    } finally {
      set.dispose();
    }
  };
  let expected: Evaluation;
  beforeAll(async () => {
    expected = await evaluate(loadedEngine(await open(512), backbone, BUDGET).createEvaluator(spec));
  });

  test.each([16, 13])('does less at a time, with the same results, in %d MB', async (megabytes) => {
    const device = await open(megabytes);
    const engine = loadedEngine(device, backbone, BUDGET);
    const bytes = engine.memoryBytes();
    const found = await evaluate(engine.createEvaluator(spec));
    expect(found.predicted).toEqual(expected.predicted);
    found.loss.forEach((loss, i) => expect(loss).toBeCloseTo(expected.loss[i], 4));
    expect(engine.memoryBytes()).toBe(bytes);
  });
});
