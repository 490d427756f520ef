/** A GPU that cannot bind what is asked for: what was made before the refusal is freed, and what is smaller is computed as ever. */
import { expect, test } from 'vitest';
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
} from '../../passes/test-models.ts';
import { evaluationBudget } from '../../budget.ts';
import { storageOperations } from './ops/storage.ts';
import { requestGpu } from './request-device.ts';
import { Runtime } from './runtime.ts';
import type { WebgpuDevice } from './webgpu-device.ts';
import { COMPILING, withWebgpu } from '../../../../tests/support/webgpu-devices.ts';

const SHAPE = { layers: 2, width: 16, heads: 4, imageSize: 8, patchSize: 4 };
const backbone = testClip('quick_gelu', SHAPE);
const batchOf = (count: number) => ({ patches: images(count, 1, SHAPE), labels: labelsOf(count) });

let gpu: WebgpuDevice;
withWebgpu((opened) => (gpu = opened));

const bindAtMost = (bytes: number) =>
  Object.defineProperty(gpu.runtime.tensors, 'maxBytes', { value: bytes, configurable: true });

test('a tensor is no larger than a buffer, a binding, and whole words', async () => {
  const requested = await requestGpu();
  const limited = (limits: Record<string, number>) => {
    const description = { ...requested.description, limits: { ...requested.description.limits, ...limits } };
    return new Runtime({ ...requested, description });
  };
  for (const limits of [
    { maxStorageBufferBindingSize: 2 ** 20, maxBufferSize: 4003 },
    { maxStorageBufferBindingSize: 4003, maxBufferSize: 2 ** 20 },
  ]) {
    const runtime = limited(limits);
    expect(() => runtime.tensor(1, 1001)).toThrow('at once');
    const largest = runtime.tensor(1, 1000);
    storageOperations(runtime).fillZero(largest);
    expect((await runtime.read([largest]))[0]).toEqual(new Float32Array(1000));
    expect(runtime.memoryBytes).toBe(4000);
    expect(evaluationBudget({ ...gpu.info, gpu: { ...requested.description, limits } }).tensorBytes).toBe(4000);
  }
  requested.device.destroy();
});

test(
  'a refused training step leaves the weights that it laid out, and nothing else',
  async () => {
    bindAtMost(2 ** 16);
    const engine = loadedEngine(gpu, backbone);
    const small = testPopulation(backbone, { batchSize: 4 });
    const large = testPopulation(backbone, { batchSize: 200 });
    const fresh = engine.memoryBytes();
    const train = async () => {
      const trainer = engine.createTrainer(small.spec);
      const { loss } = await trainer.step(small.batch(0, batchOf(4)));
      trainer.dispose();
      return { loss, kept: engine.memoryBytes() - fresh };
    };
    const refuse = async () => {
      const trainer = engine.createTrainer(large.spec);
      await expect(trainer.step(large.batch(0, batchOf(200)))).rejects.toThrow('at once');
      trainer.dispose();
    };
    await refuse();
    const afterRefusal = await train();
    await refuse();
    await refuse();
    expect(await train()).toEqual(afterRefusal);
    engine.load(backbone);
    expect(await train()).toEqual(afterRefusal);
    engine.load(testClip());
  },
  COMPILING,
);

test(
  'so do an evaluation, a look inside and a backbone',
  async () => {
    bindAtMost(2 ** 16);
    const others = gpu.memoryBytes();
    const layout = testLayout(backbone, { rank: 1, towers: ['vision'], projections: ['q'], dora: true });
    const engine = loadedEngine(gpu, backbone);
    const evaluator = engine.createEvaluator({ objective: testObjective(backbone), layout, scale: 0.7 });
    const variants = [1, 2].map((seed) => ({
      adapter: randomAdapter(layout, seed),
      gates: randomGates(layout, 1, 1, 1),
    }));
    const evaluate = async () => {
      const set = evaluator.imageSet(images(12, 1, SHAPE), labelsOf(12));
      try {
        return await evaluator.evaluate(variants, set);
      } finally {
        set.dispose();
      }
    };
    const look = () => engine.attention({ layout, scale: 0.7 }, variants[0], images(1, 1, SHAPE));
    const expected = [await evaluate(), await look()];
    const bytes = engine.memoryBytes();
    // The hidden values of an MLP are the largest tensors.
    bindAtMost(12 * 5 * 64 * 4 - 1);
    await expect(evaluate()).rejects.toThrow('[60, 64] tensor');
    bindAtMost(5 * 64 * 4 - 1);
    await expect(look()).rejects.toThrow('[5, 64] tensor');
    expect(engine.memoryBytes()).toBe(bytes);
    bindAtMost(2 ** 16);
    expect([await evaluate(), await look()]).toEqual(expected);
    expect(engine.memoryBytes()).toBe(bytes);
    expect(() => engine.load(testClip('quick_gelu', { ...SHAPE, width: 256 }))).toThrow('at once');
    expect(engine.memoryBytes()).toBe(others);
  },
  COMPILING,
);
