/** Commands run in order, compile once, never touch what another still reads, and are counted and timed. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { installDawn } from '../../dawn-node.ts';
import { OutOfMemoryError } from '../../errors.ts';
import type { GpuTensor } from './gpu-tensor.ts';
import { defineKernel } from './kernel.ts';
import { fillKernel } from './kernels/fill.ts';
import type { Runtime } from './runtime.ts';
import { openAsCard } from './test-card.ts';
import { SCRATCH_BYTES, scratchTensor, type Launch } from './tuning/forms.ts';
import { openWebgpu } from './webgpu-device.ts';
import { createDeviceEngine } from '../../passes/device-engine.ts';
import { SMALL_BUDGET, testClip, testPopulation } from '../../passes/test-models.ts';
import { fillZero, openTestRuntime } from './test-runtime.ts';

let runtime: Runtime;

beforeAll(async () => {
  await installDawn();
  runtime = await openTestRuntime();
});

afterAll(() => runtime.dispose());

test('values go up and come back; commands run in order', async () => {
  const a = runtime.uploaded(Float32Array.of(1, 2, 3), 1, 3);
  const b = runtime.uploaded(Float32Array.of(4, 5), 2, 1);
  fillZero(runtime, b);
  expect((await runtime.read([a, b])).map((x) => [...x])).toEqual([
    [1, 2, 3],
    [0, 0],
  ]);
  runtime.free(a);
  runtime.free(b);
});

test('a repeated step creates nothing', async () => {
  const step = async () => {
    const a = runtime.tensor(10, 300);
    fillZero(runtime, a);
    await runtime.read([a]);
    runtime.free(a);
  };
  await step();
  runtime.counter.take();
  await step();
  expect(runtime.counter.take()).toMatchObject({
    dispatches: 1,
    uploads: 1,
    submits: 1,
    buffersCreated: 0,
    bindGroupsCreated: 0,
    pipelinesCreated: 0,
  });
});

test('the scratch of all launches is one block, whatever their shapes; no launch gets more', async () => {
  const kernel = fillKernel();
  const launchOf = (cols: number, result: GpuTensor): Launch => {
    const scratch = scratchTensor(1, cols);
    const on = (tensor: GpuTensor): Launch => ({
      kernel,
      tensors: [tensor],
      valuesFrom: () => [tensor.cols],
      count: 1,
      workgroupsOf: () => [1, 1, 1],
      cost: { flops: 0, bytes: 0 },
    });
    return { ...on(result), first: on(scratch), scratch };
  };
  const result = runtime.tensor(1, 8);
  runtime.trim();
  const before = runtime.allocatedBytes;
  for (const cols of [8, 5000, SCRATCH_BYTES / 4, 8]) runtime.dispatchLaunch(launchOf(cols, result));
  await runtime.read([result]);
  expect(runtime.allocatedBytes - before).toBe(SCRATCH_BYTES);
  expect(() => runtime.dispatchLaunch(launchOf(SCRATCH_BYTES / 4 + 1, result))).toThrow(RangeError);
  runtime.free(result);
});

test('an upload never overwrites memory that a recorded command still reads', async () => {
  const a = runtime.uploaded(new Float32Array(64).fill(7), 1, 64);
  const kept = runtime.uploaded(new Float32Array(64).fill(1), 1, 64);
  fillZero(runtime, a);
  runtime.free(a);
  const b = runtime.uploaded(new Float32Array(64).fill(3), 1, 64);
  const [values] = await runtime.read([b]);
  expect(values.every((v) => v === 3)).toBe(true);
  runtime.free(b);
  runtime.free(kept);
});

test('a measured run counts by kind', async () => {
  const a = runtime.tensor(1000, 300);
  const statistics = await runtime.counter.measure(async () => {
    fillZero(runtime, a);
    fillZero(runtime, a);
    await runtime.read([a]);
  });
  expect(statistics.kinds.fill).toMatchObject({ dispatches: 2, bytes: 2 * 4 * 300_000 });
  expect(statistics.kinds.fill?.milliseconds).toBeGreaterThan(0);
  runtime.free(a);
});

test('a tensor that the GPU cannot bind is refused before anything happens', () => {
  expect(() => runtime.tensor(2 ** 20, 2 ** 20)).toThrow('Choose a smaller batch');
});

test('a kernel that does not compile is named', async () => {
  const broken = defineKernel({ key: 'broken', kind: 'fill', fields: [['n', 'u32']], tensors: [], body: 'nonsense' });
  const cost = { flops: 0, bytes: 0 };
  await expect(
    runtime.warmUp(
      () => runtime.dispatch(broken, [], [1], [1, 1, 1], cost),
      () => {},
    ),
  ).rejects.toThrow('broken');
  const result = runtime.tensor(1, 1);
  runtime.dispatch(broken, [], [1], [1, 1, 1], cost);
  await expect(runtime.read([result])).rejects.toThrow(/refused a command.*broken/s);
  fillZero(runtime, result);
  expect([...(await runtime.read([result]))[0]]).toEqual([0]);
  runtime.free(result);
});

test('a kernel that does not compile ahead is told to who asked for it alone, with the reason', async () => {
  const broken = defineKernel({ key: 'apart', kind: 'fill', fields: [['n', 'u32']], tensors: [], body: 'nonsense' });
  const result = runtime.tensor(1, 1);
  fillZero(runtime, result);
  await expect(runtime.compile([broken])).rejects.toThrow(/apart does not compile.*nonsense/s);
  expect([...(await runtime.read([result]))[0]]).toEqual([0]);
  await runtime.finish();
  runtime.free(result);
});

test('warming up compiles without executing', async () => {
  const other = await openTestRuntime();
  const values = other.uploaded(Float32Array.of(5), 1, 1);
  const seen: string[] = [];
  await other.warmUp(
    () => fillZero(other, values),
    (done, total) => seen.push(`${done}/${total}`),
  );
  expect(seen).toEqual(['1/1']);
  expect([...(await other.read([values]))[0]]).toEqual([5]);
  other.counter.take();
  fillZero(other, values);
  expect(other.counter.take().pipelinesCreated).toBe(0);
  other.dispose();
});

test('a training step that was warmed up compiles nothing, and computes what it would have', async () => {
  const [cold, warm] = [await openWebgpu(), await openWebgpu()];
  const backbone = testClip();
  const { spec, batch } = testPopulation(backbone, { runs: 2, probability: 0.7 });
  const branchFactors = new Float32Array(2 * spec.layout.pairs.length).fill(1.5);
  const losses: Float32Array[] = [];
  for (const device of [cold, warm]) {
    const engine = createDeviceEngine(device, SMALL_BUDGET);
    engine.load(backbone);
    const progress: number[] = [];
    if (device === warm)
      await engine.warmUp({ spec, batchSize: 4, examples: [{}, { branchFactors }] }, (done, total) =>
        progress.push(done / total),
      );
    if (device === warm) expect(progress.at(-1)).toBe(1);
    const gates = new Uint8Array(2 * spec.layout.pairs.length).fill(1);
    const trainer = engine.createTrainer(spec);
    device.inspector.takeStatistics();
    for (let step = 0; step < 3; step++)
      losses.push((await trainer.step({ ...batch(step), gates, ...(step === 2 ? { branchFactors } : {}) })).loss);
    expect(device.inspector.takeStatistics().pipelinesCreated > 0).toBe(device === cold);
    engine.dispose();
  }
  expect(losses.slice(3)).toEqual(losses.slice(0, 3));
}, 180_000);

test('a peak is timed as what is compared with it: by the GPU where it measures', async () => {
  const device = await openWebgpu();
  const { counter } = device.runtime;
  const measured = vi.spyOn(counter, 'measure');
  await device.inspector.peakGflops();
  expect(measured).toHaveBeenCalled();
  device.dispose();
  const blind = await openWebgpu();
  blind.runtime.counter.canTime = false;
  expect(await blind.inspector.peakGflops()).toBeGreaterThan(0);
  blind.dispose();
});

test.each([
  [5, 512],
  [50, 1024],
  [10_000, 2048],
])('the peak of a card of %d GFLOP/s is found in a moment, by products of %d rows', async (rate, rows) => {
  const card = await openAsCard();
  const { runtime: on } = card;
  const clock = { milliseconds: 0, recorded: 0 };
  const largest: number[] = [];
  on.counter.canTime = false;
  on.pace.observe(1e15, 1000); // nothing is cut
  const spies = [
    vi.spyOn(performance, 'now').mockImplementation(() => clock.milliseconds),
    vi.spyOn(on, 'dispatch').mockImplementation((_kernel, _tensors, _values, _workgroups, { flops }) => {
      clock.recorded += flops / (1e6 * rate);
      largest.push(flops);
    }),
    vi.spyOn(on, 'finish').mockImplementation(() => {
      clock.milliseconds += clock.recorded + 10; // the way of the news
      clock.recorded = 0;
      return Promise.resolve();
    }),
  ];
  const bytes = card.memoryBytes();
  expect(await card.inspector.peakGflops()).toBeCloseTo(rate, 6);
  for (const spy of spies) spy.mockRestore();
  expect(Math.max(...largest)).toBe(2 * rows ** 3);
  expect(clock.milliseconds).toBeLessThan(600);
  expect(card.memoryBytes()).toBe(bytes);
  card.dispose();
});

test('a peak that could not be measured is measured again when it is asked for', async () => {
  const device = await openWebgpu();
  const bytes = device.memoryBytes();
  const full = vi.spyOn(device.runtime, 'finish').mockRejectedValueOnce(new OutOfMemoryError('No memory left.'));
  await expect(device.inspector.peakGflops()).rejects.toThrow(OutOfMemoryError);
  expect(device.memoryBytes()).toBe(bytes);
  full.mockRestore();
  expect(await device.inspector.peakGflops()).toBeGreaterThan(0);
  device.dispose();
});
