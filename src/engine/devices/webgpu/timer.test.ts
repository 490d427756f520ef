import { beforeAll, describe, expect, test, vi } from 'vitest';
import { installDawn } from '../../dawn-node.ts';
import { storageOperations } from './ops/storage.ts';
import { requestGpu } from './request-device.ts';
import { Runtime } from './runtime.ts';
import { timesBetween } from './timer.ts';
import { timedStep } from './tuning/gpu-bench.ts';

beforeAll(async () => {
  await installDawn();
});

/** Fills a tensor so often, and reads it. */
async function fills(runtime: Runtime, count: number): Promise<void> {
  const tensor = runtime.tensor(64, 64);
  for (let i = 0; i < count; i++) storageOperations(runtime).fillZero(tensor);
  await runtime.read([tensor]);
  runtime.free(tensor);
}

describe('timed dispatches', () => {
  test('are all of them, however many query sets they take', async () => {
    const runtime = new Runtime(await requestGpu());
    const { kinds } = await runtime.counter.measure(async () => {
      await fills(runtime, 3000);
      await fills(runtime, 10);
    });
    expect(kinds.fill?.dispatches).toBe(3010);
    const { times } = await timedStep(runtime, {}, () => fills(runtime, 2500));
    expect(times).toHaveLength(2500);
    expect(times?.at(-1)?.milliseconds).toBeLessThan(1000);
    runtime.dispose();
  });

  test('are not rounded here: in Node Dawn does not do as in browsers', async () => {
    const runtime = new Runtime(await requestGpu());
    const { times } = await timedStep(runtime, {}, () => fills(runtime, 100));
    const isRounded = (milliseconds: number): boolean => Math.round(1e6 * milliseconds) % 2 ** 16 === 0;
    expect(times?.every(({ milliseconds }) => isRounded(milliseconds))).toBe(false);
    runtime.dispose();
  });

  test('beyond what is timed are told without times rather than with those of some', async () => {
    const runtime = new Runtime(await requestGpu());
    const { kinds } = await runtime.counter.measure(() => fills(runtime, 17_000));
    expect(kinds.fill).toMatchObject({ dispatches: 17_000, milliseconds: null });
    // It was too much, and the clock is right.
    expect((await runtime.counter.measure(() => fills(runtime, 10))).kinds.fill?.milliseconds).toBeGreaterThan(0);
    runtime.dispose();
  });

  test('of a clock that stands still are none, and it is not asked again', async () => {
    const runtime = new Runtime(await requestGpu());
    const range = vi.spyOn(GPUBuffer.prototype, 'getMappedRange');
    const { kinds } = await runtime.counter.measure(async () => {
      await fills(runtime, 10);
      range.mockImplementation((_, bytes) => new ArrayBuffer(bytes ?? 0)); // for the times
    });
    expect(kinds.fill).toMatchObject({ dispatches: 10, milliseconds: null });
    range.mockRestore();
    expect(runtime.counter.canTime).toBe(false);
    expect((await timedStep(runtime, {}, () => fills(runtime, 10))).times).toBeNull();
    runtime.dispose();
  });

  test('are none where the device refuses what they take, and no submission is refused for it', async () => {
    const requested = await requestGpu();
    const runtime = new Runtime(requested);
    const { device } = requested;
    const create = device.createQuerySet.bind(device);
    vi.spyOn(device, 'createQuerySet').mockImplementation((set) => create({ ...set, count: 2 ** 20 }));
    const { times } = await timedStep(runtime, {}, () => fills(runtime, 10));
    expect(times).toBeNull();
    expect(runtime.counter.canTime).toBe(false);
    expect((await runtime.counter.measure(() => fills(runtime, 10))).kinds.fill).toMatchObject({ milliseconds: null });
    runtime.dispose();
  });

  test.each<[string, (stamps: BigUint64Array) => void]>([
    ['were not written', (stamps) => (stamps[3] = 0n)],
    ['end before they begin', (stamps) => (stamps[3] = stamps[2] - 1n)],
    ['add up to more than has passed', (stamps) => (stamps[0] -= 10n ** 13n)],
  ])('some of which %s are none, and the second time the clock is given up', async (_, spoil) => {
    const runtime = new Runtime(await requestGpu());
    const original = Object.getOwnPropertyDescriptor(GPUBuffer.prototype, 'getMappedRange')?.value as (
      this: GPUBuffer,
      offset?: number,
      size?: number,
    ) => ArrayBuffer;
    const canTime: boolean[] = [];
    for (let time = 0; time < 2; time++) {
      const range = vi.spyOn(GPUBuffer.prototype, 'getMappedRange');
      const { kinds } = await runtime.counter.measure(async () => {
        await fills(runtime, 10);
        range.mockImplementation(function (this: GPUBuffer, offset, size) {
          const times = original.call(this, offset, size).slice(0);
          const stamps = new BigUint64Array(times);
          stamps.forEach((__, at) => (stamps[at] = 10n ** 14n + BigInt(at)));
          spoil(stamps);
          return times;
        });
      });
      range.mockRestore();
      expect(kinds.fill).toMatchObject({ dispatches: 10, milliseconds: null });
      canTime.push(runtime.counter.canTime);
    }
    expect(canTime).toEqual([true, false]);
    runtime.dispose();
  });
});

describe('the times between stamps', () => {
  /** From milliseconds of a clock that began long ago. */
  const stamps = (...pairs: [begin: number, end: number][]) =>
    BigUint64Array.from(pairs.flat(), (milliseconds) => 10n ** 14n + BigInt(Math.round(1e6 * milliseconds)));

  test('of dispatches one after the other are from the beginning to the end of each', () => {
    expect(timesBetween(stamps([0, 2], [3, 4], [4, 9]), 10)).toEqual([2, 1, 5]);
  });

  test('of dispatches whose beginning is stamped while the one before runs, as on Vulkan, are those behind its end', () => {
    // Long, tiny, long, tiny. From beginning to end they would add up to 34.
    expect(timesBetween(stamps([0, 8], [0.5, 9], [1, 17], [8.5, 18]), 20)).toEqual([8, 1, 8, 1]);
  });

  test('of a dispatch that ended inside one before it are none, and the next counts from the last end', () => {
    expect(timesBetween(stamps([0, 8], [1, 5], [2, 10]), 10)).toEqual([8, 0, 2]);
  });

  test.each<[string, BigUint64Array]>([
    ['was not written', Object.assign(stamps([0, 2], [3, 4]), { 2: 0n })],
    ['ends before it begins', stamps([0, 2], [4, 3])],
    ['has old times', stamps([100, 102], [1, 2], [103, 104])],
    ['takes longer than has passed', stamps([0, 2], [3, 40])],
  ])('are none where a dispatch %s', (_, wrong) => {
    expect(timesBetween(wrong, 10)).toBeNull();
  });
});
