/** When values that are read come, and what of the memory for that goes back. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { installDawn } from '../../dawn-node.ts';
import { DeviceLostError } from '../../errors.ts';
import type { GpuTensor } from './gpu-tensor.ts';
import { requestGpu } from './request-device.ts';
import { Runtime } from './runtime.ts';
import { calls, fillZero, openTestRuntime } from './test-runtime.ts';

let runtime: Runtime;

/** Fills the tensor with a number after the other, and reads it after each. */
const steps = (on: Runtime, tensor: GpuTensor, numbers: readonly number[]) =>
  numbers.map((number) => {
    on.write(tensor, new Float32Array(tensor.cols).fill(number));
    return on.readLater([tensor]);
  });

beforeAll(async () => {
  await installDawn();
  runtime = await openTestRuntime();
});

afterAll(() => runtime.dispose());

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
