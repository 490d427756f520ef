/** How a device that is lost, silent or dropped work is told from one that works, and what goes on after it. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { installDawn } from '../../dawn-node.ts';
import type { Engine } from '../../engine.ts';
import { DeviceLostError, OutOfMemoryError, SilentDeviceError } from '../../errors.ts';
import type { KernelChoice } from '../../kernel-tuning.ts';
import { RecoveringEngine } from '../../recovering/recovering-engine.ts';
import { fillKernel } from './kernels/fill.ts';
import { tileName, staged } from './kernels/tuning.ts';
import { linearOperations } from './ops/linear.ts';
import { requestGpu } from './request-device.ts';
import { Runtime } from './runtime.ts';
import { asCard } from './test-card.ts';
import { PRODUCTS } from './tuning/product-forms.ts';
import { createProver } from './tuning/prove-choice.ts';
import { openWebgpu, type WebgpuDevice } from './webgpu-device.ts';
import { createDeviceEngine } from '../../passes/device-engine.ts';
import { SMALL_BUDGET, stepByStep, testClip, testPopulation } from '../../passes/test-models.ts';
import { PATIENT } from '../../../../tests/support/patient.ts';
import { calls, fillZero, openTestRuntime } from './test-runtime.ts';

let runtime: Runtime;

/** A device that tells its loss so many milliseconds late. */
const openLate = async (milliseconds: number) => {
  const requested = await requestGpu();
  const { device } = requested;
  const { lost } = device;
  const late = lost.then((info) => new Promise((resolve) => setTimeout(resolve, milliseconds, info)));
  Object.defineProperty(device, 'lost', { value: late });
  return new Runtime(requested);
};

beforeAll(async () => {
  await installDawn();
  runtime = await openTestRuntime();
});

afterAll(() => runtime.dispose());

// a software adapter compiles slowly on a busy machine

test('a lost device is reported as such', async () => {
  const other = await openTestRuntime();
  const values = other.uploaded(Float32Array.of(5), 1, 1);
  other.device.destroy();
  await expect(other.read([values])).rejects.toThrow(DeviceLostError);
});

/** What waits for an answer of a device. */
const WAITS: readonly [string, (runtime: Runtime) => Promise<unknown>][] = [
  ['a reading', (other) => other.read([other.uploaded(Float32Array.of(5), 1, 1)])],
  ['waiting for its work', (other) => other.finish()],
];

/** From now on no device answers. @returns what ends that */
function answerNothing() {
  const never = () => new Promise<undefined>(() => {});
  return [
    vi.spyOn(GPUBuffer.prototype, 'mapAsync').mockImplementation(never),
    vi.spyOn(GPUQueue.prototype, 'onSubmittedWorkDone').mockImplementation(never),
  ];
}

describe('a lost device', () => {
  test('is reported as such also when it tells its loss behind what follows from it', async () => {
    const late = await openLate(150);
    const reading = late.read([late.uploaded(Float32Array.of(5), 1, 1)]);
    late.device.destroy();
    await expect(reading).rejects.toThrow(DeviceLostError);
  });

  test.each(WAITS)('is reported as such to %s that never gets an answer', async (_, ask) => {
    const spies = answerNothing();
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

  test.each(WAITS)('is what a card is that never answers %s, after half a minute, and says so', async (_, ask) => {
    const spies = answerNothing();
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

test('a device that is lost while a step is measured has its dispatches counted without their times, and the step goes on', async () => {
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
