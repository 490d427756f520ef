import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { installDawn } from '../../dawn-node.ts';
import type { Engine } from '../../engine.ts';
import { DeviceLostError, OutOfMemoryError, SilentDeviceError } from '../../errors.ts';
import type { KernelChoice } from '../../kernel-tuning.ts';
import { RecoveringEngine } from '../../recovering/recovering-engine.ts';
import type { GpuTensor } from './gpu-tensor.ts';
import { defineKernel } from './kernel.ts';
import { fillKernel } from './kernels/fill.ts';
import { tileName, staged } from './kernels/tuning.ts';
import { linearOperations } from './ops/linear.ts';
import { storageOperations } from './ops/storage.ts';
import { requestGpu } from './request-device.ts';
import { Runtime } from './runtime.ts';
import { asCard, openAsCard } from './test-card.ts';
import { SCRATCH_BYTES, scratchTensor, type Launch } from './tuning/forms.ts';
import { PRODUCTS } from './tuning/product-forms.ts';
import { createProver } from './tuning/prove-choice.ts';
import { openWebgpu, type WebgpuDevice } from './webgpu-device.ts';
import { createDeviceEngine } from '../../passes/device-engine.ts';
import { SMALL_BUDGET, stepByStep, testClip, testPopulation } from '../../passes/test-models.ts';
import { PATIENT } from '../../../../tests/support/patient.ts';

const fillZero = (runtime: Runtime, tensor: GpuTensor) => storageOperations(runtime).fillZero(tensor);

interface Copying {
  copyBufferToBuffer: (from: GPUBuffer, at: number, to: GPUBuffer, where: number, bytes: number) => undefined;
}

const openTestRuntime = async () => new Runtime(await requestGpu());

/** Buffers that are mapped, and copies of tensors, while `work` goes on. */
async function calls<R>(work: () => Promise<R>): Promise<{ result: R; maps: number; copies: number }> {
  const maps = vi.spyOn(GPUBuffer.prototype, 'mapAsync');
  const copies = vi.spyOn<Copying, 'copyBufferToBuffer'>(GPUCommandEncoder.prototype, 'copyBufferToBuffer');
  try {
    const result = await work();
    const ofTensors = copies.mock.calls.filter(([from]) => from.label === '');
    return { result, maps: maps.mock.calls.length, copies: ofTensors.length };
  } finally {
    maps.mockRestore();
    copies.mockRestore();
  }
}

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

test('where much memory is idle, what was not used lately goes back, and what is used stays', async () => {
  const other = new Runtime(await requestGpu(), false, 1000);
  const used = async (cols: number) => {
    const tensor = other.tensor(1, cols);
    fillZero(other, tensor);
    await other.read([tensor]);
    other.free(tensor);
  };
  const nothing = other.allocatedBytes;
  await used(5000);
  await used(1000);
  const both = other.allocatedBytes;
  for (let reading = 0; reading < 14; reading++) await used(1000);
  expect(other.allocatedBytes).toBe(both);
  other.counter.take();
  for (let reading = 0; reading < 5; reading++) await used(1000);
  expect(other.allocatedBytes - nothing).toBe(4096);
  expect(other.counter.take()).toMatchObject({ buffersCreated: 0, bindGroupsCreated: 0 });
  other.trim();
  expect(other.allocatedBytes).toBe(nothing);
  await used(1000);
  // The tensor, and what it is read into.
  expect(other.counter.take()).toMatchObject({ buffersCreated: 2, bindGroupsCreated: 1 });
  other.dispose();
});

test('what values are read into goes back with other idle memory, and where the reading failed', async () => {
  const other = new Runtime(await requestGpu());
  const given = { made: 0, destroyed: 0 };
  const create = other.device.createBuffer.bind(other.device);
  const creating = vi.spyOn(other.device, 'createBuffer').mockImplementation((descriptor) => {
    const buffer = create(descriptor);
    if (descriptor.label !== 'read back') return buffer;
    given.made++;
    const destroy = buffer.destroy.bind(buffer);
    return Object.assign(buffer, { destroy: () => (given.destroyed++, destroy()) });
  });
  const tensor = other.uploaded(Float32Array.of(5), 1, 1);
  const read = async () => [...(await other.read([tensor]))[0]];
  await Promise.all([read(), read()]);
  expect(given).toEqual({ made: 2, destroyed: 0 });
  other.trim();
  expect(given).toEqual({ made: 2, destroyed: 2 });
  const mapping = vi.spyOn(GPUBuffer.prototype, 'mapAsync').mockRejectedValueOnce(new Error('It is not mapped.'));
  await expect(read()).rejects.toThrow('It is not mapped.');
  mapping.mockRestore();
  expect(given).toEqual({ made: 3, destroyed: 3 });
  expect(await read()).toEqual([5]);
  creating.mockRestore();
  other.dispose();
});

test('where much memory is idle and all of it was used lately, a reading sends nothing that was recorded meanwhile', async () => {
  const other = new Runtime(await requestGpu(), false, 1000);
  const read = async (meanwhile: () => void) => {
    const tensor = other.tensor(1, 5000);
    fillZero(other, tensor);
    const reading = other.read([tensor]);
    meanwhile();
    await reading;
    other.free(tensor);
  };
  const idle = other.tensor(1, 5000);
  const recorded = other.tensor(1, 1000);
  other.free(idle);
  for (let reading = 0; reading < 20; reading++) await read(() => {});
  const second = other.tensor(1, 5000);
  other.counter.take();
  await read(() => {
    other.free(second);
    fillZero(other, recorded);
  });
  expect(other.counter.take().submits).toBe(1);
  other.dispose();
});

describe('values that are read later', () => {
  /** Fills the tensor with a number after the other, and reads it after each. */
  const steps = (on: Runtime, tensor: GpuTensor, numbers: readonly number[]) =>
    numbers.map((number) => {
      on.write(tensor, new Float32Array(tensor.cols).fill(number));
      return on.readLater([tensor]);
    });

  test('come with the next reading, from one buffer, each as it was and in their order', async () => {
    const tensor = runtime.tensor(1, 3);
    const order: number[] = [];
    const { result, maps, copies } = await calls(async () => {
      const later = steps(runtime, tensor, [1, 2, 3]);
      later.forEach((values, i) => void values.then(() => order.push(i)));
      const now = runtime.read([tensor]).then((values) => (order.push(3), values));
      return Promise.all([...later, now]);
    });
    expect(result.map(([values]) => [...values])).toEqual([1, 2, 3, 3].map((number) => [number, number, number]));
    expect(order).toEqual([0, 1, 2, 3]);
    expect({ maps, copies }).toEqual({ maps: 1, copies: 4 });
    runtime.free(tensor);
  });

  test('come when they are brought, and only then', async () => {
    const tensor = runtime.tensor(1, 1);
    let come = 0;
    const later = steps(runtime, tensor, [5, 6]);
    for (const values of later) void values.then(() => come++);
    await runtime.finish();
    expect(come).toBe(0);
    runtime.bring();
    expect((await Promise.all(later)).map(([[value]]) => value)).toEqual([5, 6]);
    runtime.bring(); // nothing is left
    runtime.free(tensor);
  });

  test('come by themselves where the buffer is full', async () => {
    const tensor = runtime.tensor(1, 7000); // of which two fit
    const { result, maps } = await calls(async () => {
      const later = steps(runtime, tensor, [1, 2, 3, 4, 5]);
      await Promise.all(later.slice(0, 4));
      runtime.bring();
      return Promise.all(later);
    });
    expect(result.map(([values]) => values[6999])).toEqual([1, 2, 3, 4, 5]);
    expect(maps).toBe(3);
    runtime.free(tensor);
  });

  test('are reported as lost with their device, also those that nobody has brought', async () => {
    const other = await openTestRuntime();
    const later = steps(other, other.tensor(1, 1), [1, 2]);
    const lost = Promise.allSettled(later);
    other.device.destroy();
    await other.device.lost;
    other.dispose();
    const areLost = (await lost).map(
      (outcome) => outcome.status === 'rejected' && outcome.reason instanceof DeviceLostError,
    );
    expect(areLost).toEqual([true, true]);
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
}, 180_000); // a software adapter compiles slowly on a busy machine

test('a lost device is reported as such', async () => {
  const other = await openTestRuntime();
  const values = other.uploaded(Float32Array.of(5), 1, 1);
  other.device.destroy();
  await expect(other.read([values])).rejects.toThrow(DeviceLostError);
});

describe('a lost device', () => {
  /** A device that tells its loss so many milliseconds late. */
  const openLate = async (milliseconds: number) => {
    const requested = await requestGpu();
    const { device } = requested;
    const { lost } = device;
    const late = lost.then((info) => new Promise((resolve) => setTimeout(resolve, milliseconds, info)));
    Object.defineProperty(device, 'lost', { value: late });
    return new Runtime(requested);
  };

  test('is reported as such also when it tells its loss behind what follows from it', async () => {
    const late = await openLate(150);
    const reading = late.read([late.uploaded(Float32Array.of(5), 1, 1)]);
    late.device.destroy();
    await expect(reading).rejects.toThrow(DeviceLostError);
  });

  test.each<[string, (runtime: Runtime) => Promise<unknown>]>([
    ['a reading', (other) => other.read([other.uploaded(Float32Array.of(5), 1, 1)])],
    ['waiting for its work', (other) => other.finish()],
  ])('is reported as such to %s that never gets an answer', async (_, ask) => {
    const never = () => new Promise<undefined>(() => {});
    const spies = [
      vi.spyOn(GPUBuffer.prototype, 'mapAsync').mockImplementation(never),
      vi.spyOn(GPUQueue.prototype, 'onSubmittedWorkDone').mockImplementation(never),
    ];
    const other = new Runtime(await requestGpu(), true);
    const asked = ask(other);
    other.device.destroy();
    await expect(asked).rejects.toThrow(DeviceLostError);
    for (const spy of spies) spy.mockRestore();
    // Nor is it asked for news any more.
    const submit = vi.spyOn(other.device.queue, 'submit');
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(submit).not.toHaveBeenCalled();
  });

  test.each<[string, (runtime: Runtime) => Promise<unknown>]>([
    ['a reading', (other) => other.read([other.uploaded(Float32Array.of(5), 1, 1)])],
    ['waiting for its work', (other) => other.finish()],
  ])('is what a card is that never answers %s, after half a minute, and says so', async (_, ask) => {
    const never = () => new Promise<undefined>(() => {});
    const spies = [
      vi.spyOn(GPUBuffer.prototype, 'mapAsync').mockImplementation(never),
      vi.spyOn(GPUQueue.prototype, 'onSubmittedWorkDone').mockImplementation(never),
    ];
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const other = new Runtime(asCard(await requestGpu()));
    const emulated = await openTestRuntime();
    const asked = ask(other);
    const outcome = expect(asked).rejects.toThrow('it has not answered for 30 seconds');
    let isOpen = true;
    void ask(emulated).catch(() => (isOpen = false));
    await vi.advanceTimersByTimeAsync(100_000);
    await outcome;
    await expect(asked).rejects.toThrow(SilentDeviceError);
    expect(isOpen, 'a processor comes to an end').toBe(true);
    await expect(other.finish(), 'from then on').rejects.toThrow(SilentDeviceError);
    await other.device.lost;
    vi.useRealTimers();
    for (const spy of spies) spy.mockRestore();
    for (const each of [other, emulated]) each.dispose();
  });

  test('is what a card is whose compiler comes to no end while the forms of a study are proven', async () => {
    const other = new Runtime(asCard(await requestGpu()));
    const form = { [PRODUCTS.id]: tileName(staged(2)) };
    other.choices.choose(form);
    const record = (): void => {
      const maps = linearOperations(other);
      const map = maps.linear({ weight: new Float32Array(2 ** 20), bias: null, inFeatures: 1024, outFeatures: 1024 });
      maps.applyLinear(other.tensor(2048, 1024), map, { count: 1, rowsPerGroup: 2048 }, null, null);
    };
    const later = () => Promise.resolve();
    const onUncompiled = vi.fn<(forms: KernelChoice) => Promise<void>>(() => Promise.resolve());
    const watch = { onFirst: later, onReturn: later, onUncompiled };
    const compiler = vi
      .spyOn(other.device, 'createComputePipelineAsync')
      .mockImplementation(() => new Promise(() => {}));
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const outcome = expect(createProver(other, 500)(record, watch)).rejects.toThrow(SilentDeviceError);
    await vi.advanceTimersByTimeAsync(200_000);
    await outcome;
    expect(compiler).toHaveBeenCalled();
    expect(onUncompiled.mock.calls.map(([forms]) => Object.values(forms))).toEqual([[tileName(staged(2))]]);
    vi.useRealTimers();
    other.dispose();
  });

  test('is what a card is that answers and never tells of errors', async () => {
    const other = new Runtime(asCard(await requestGpu()));
    const tensor = other.uploaded(Float32Array.of(5), 1, 1);
    const scopes = vi.spyOn(other.device, 'popErrorScope').mockImplementation(() => new Promise(() => {}));
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const outcome = expect(other.read([tensor])).rejects.toThrow('it has not answered for');
    await vi.advanceTimersByTimeAsync(200_000);
    await outcome;
    vi.useRealTimers();
    scopes.mockRestore();
    other.dispose();
  });

  test.each<[string, number, boolean, number]>([
    ['computes for long', 5e9, true, 100],
    ['computes little', 1e9, true, 30],
    ['compiles', 1e9, false, 120],
  ])('is waited for as long as it may take: it %s', async (_, flops, isCompiled, seconds) => {
    const other = new Runtime(asCard(await requestGpu()));
    other.pace.observe(1e9, 1000);
    const tensor = other.uploaded(Float32Array.of(5), 1, 1);
    fillZero(other, tensor);
    if (isCompiled) await other.read([tensor]);
    const silent = vi.spyOn(GPUBuffer.prototype, 'mapAsync').mockImplementation(() => new Promise(() => {}));
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const launch = { kernel: fillKernel(), tensors: [tensor], valuesFrom: () => [1], count: 1 };
    other.dispatchLaunch({ ...launch, workgroupsOf: () => [1, 1, 1], cost: { flops, bytes: 0 } });
    const outcome = expect(other.read([tensor])).rejects.toThrow(`has not answered for ${seconds} seconds`);
    await vi.advanceTimersByTimeAsync(200_000);
    await outcome;
    vi.useRealTimers();
    silent.mockRestore();
    other.dispose();
  });

  test('is no reason for other failures: a mapping that is refused says so', async () => {
    const other = await openTestRuntime();
    const refused = vi.spyOn(GPUBuffer.prototype, 'mapAsync').mockRejectedValueOnce(new Error('No mapping.'));
    await expect(other.read([other.uploaded(Float32Array.of(5), 1, 1)])).rejects.toThrow('No mapping.');
    refused.mockRestore();
    other.dispose();
  });
});

test('values of a submission that the GPU dropped without a word are refused, however old the buffer they would lie in', async () => {
  const other = await openTestRuntime();
  const tensor = other.uploaded(Float32Array.of(5), 1, 1);
  expect([...(await other.read([tensor]))[0]]).toEqual([5]);
  const submit = vi.spyOn(GPUQueue.prototype, 'submit');
  submit.mockImplementationOnce(() => undefined);
  await expect(other.read([tensor])).rejects.toThrow(OutOfMemoryError);
  expect([...(await other.read([tensor]))[0]]).toEqual([5]);
  submit.mockImplementationOnce(() => undefined);
  fillZero(other, tensor);
  other.submit(); // what is read next is what it should have written
  await expect(other.read([tensor])).rejects.toThrow('without saying why');
  submit.mockRestore();
  other.dispose();
});

test('a device lost in the middle of a step is opened again, and training ends where it would have', async () => {
  const backbone = testClip();
  const population = testPopulation(backbone, { runs: 2, probability: 0.7 });
  const { spec, batch } = population;
  const devices: WebgpuDevice[] = [];
  const open = async () => {
    const device = await openWebgpu();
    devices.push(device);
    return createDeviceEngine(device, SMALL_BUDGET);
  };
  const notices: string[] = [];
  /** Steps 1 and 2 are read together, and so is step 3, which comes when `duringSteps` is over. */
  const trainTogether = async (engine: Engine, duringSteps: () => Promise<void>) => {
    engine.load(backbone);
    const trainer = engine.createTrainer(spec);
    const first = await trainer.step(batch(0));
    const taken = [trainer.step(batch(1), true), trainer.step(batch(2), true)];
    await duringSteps();
    taken.push(trainer.step(batch(3), true));
    engine.bringResults();
    return { steps: [first, ...(await Promise.all(taken))], state: await trainer.save() };
  };
  const engine = await open();
  const { result: undisturbed, ...alone } = await calls(() => stepByStep(engine, population));
  const recovering = new RecoveringEngine(engine, open, (message) => notices.push(message));
  const recovered = await stepByStep(recovering, population, (step) => {
    if (step === 2) devices[0].runtime.device.destroy();
  });
  expect(recovered).toEqual(undisturbed);
  expect(devices).toHaveLength(2);
  expect(notices).toEqual([expect.stringContaining('It was opened again')]);
  const engineAgain = await open();
  const { result, maps, copies } = await calls(() => trainTogether(engineAgain, () => Promise.resolve()));
  expect(result).toEqual(undisturbed);
  // Four steps and a checkpoint; and a step, three at once and a checkpoint.
  expect([alone.maps, maps]).toEqual([5, 3]);
  expect(copies).toBe(alone.copies);
  expect(copies).toBe(4 * 3 + 3); // losses, answers and norms; adapters and both moments
  const together = new RecoveringEngine(engineAgain, open, (message) => notices.push(message));
  const [, , { runtime: last }] = devices;
  const lose = async (): Promise<void> => {
    last.device.destroy();
    together.bringResults();
    // Step 3 waits for the new device. What is brought meanwhile brings nothing of it.
    await vi.waitUntil(() => together.recovering !== null, PATIENT);
  };
  expect(await trainTogether(together, lose)).toEqual(undisturbed);
  expect(notices).toHaveLength(2);
  devices.forEach((device) => device.dispose());
}, 300_000);

describe('a device that is lost while a step is measured', () => {
  test('counts dispatches without their times, and the step goes on', async () => {
    const device = await openWebgpu();
    const other = device.runtime;
    const values = other.uploaded(Float32Array.of(5), 1, 1);
    const statistics = await device.inspector.measure(async () => {
      fillZero(other, values);
      await other.read([values]);
      other.device.destroy();
      await other.device.lost;
    });
    expect(statistics).toMatchObject({ dispatches: 1, kinds: { fill: { milliseconds: null } } });
    expect(other.counter.timer).toBeNull();
    device.dispose();
  });

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
});
