import { describe, expect, it, vi } from 'vitest';
import type { Device } from './device.ts';
import { createReferenceDevice } from './devices/reference/reference-device.ts';
import type { Trainer } from './engine.ts';
import { openNodeDevice } from './node.ts';
import { secondsPerStep, speedProblemOf } from './pace.ts';
import { createDeviceEngine } from './passes/device-engine.ts';
import { tinyClip } from './tiny-clip.ts';

const BUDGET = { rows: 1024, tensorBytes: 2 ** 30, adapterBytes: 2 ** 20 };
const NONE = new Float32Array();
const engineOf = <T>(device: Device<T>) => createDeviceEngine(device, BUDGET);

describe('the speed test', () => {
  it('measures a positive time', async () => {
    const engine = engineOf(await openNodeDevice('wasm', { threads: 2 }));
    const seconds = await secondsPerStep(engine);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(30);
    const { config } = tinyClip({ layers: 2, width: 96, heads: 2, imageSize: 32, patchSize: 8 }).vision;
    const problem = speedProblemOf(config);
    if (!problem) throw new Error('wider than what is measured otherwise');
    expect(await secondsPerStep(engine, problem)).toBeGreaterThan(0);
    engine.dispose();
  });

  it('tells a step as training has it, beside others, however late the news of it is', async () => {
    vi.useFakeTimers();
    try {
      const engine = engineOf(createReferenceDevice());
      const [work, news] = [5, 101];
      let free = 0;
      const trainer: Trainer = {
        runs: 4,
        step() {
          free = Math.max(free, performance.now()) + work;
          const wait = free + news - performance.now();
          return new Promise((resolve) =>
            setTimeout(resolve, wait, { loss: NONE, gradientNorm: NONE, accuracy: NONE }),
          );
        },
        adapters: () => Promise.resolve([]),
        save: () => Promise.reject(new Error('Nothing was trained.')),
        restore: () => {},
        dispose: () => {},
      };
      const seconds = secondsPerStep({ ...engine, createTrainer: () => trainer });
      await vi.advanceTimersByTimeAsync(10_000);
      expect(await seconds).toBeCloseTo(work / 1000);
    } finally {
      vi.useRealTimers();
    }
  });

  it('tells a step of a card whose clocks are up, and not of one that was idle until then', async () => {
    vi.useFakeTimers();
    try {
      const engine = engineOf(createReferenceDevice());
      let free = 0;
      const trainer: Trainer = {
        runs: 4,
        step() {
          free = Math.max(free, performance.now()) + (performance.now() - begun < 250 ? 5 : 1);
          const answer = { loss: NONE, gradientNorm: NONE, accuracy: NONE };
          return new Promise((resolve) => setTimeout(resolve, free - performance.now(), answer));
        },
        adapters: () => Promise.resolve([]),
        save: () => Promise.reject(new Error('Nothing was trained.')),
        restore: () => {},
        dispose: () => {},
      };
      const info = { ...engine.info, backend: 'webgpu' as const, software: false };
      const begun = performance.now();
      const seconds = secondsPerStep({ ...engine, info, createTrainer: () => trainer });
      await vi.advanceTimersByTimeAsync(10_000);
      expect(await seconds).toBeCloseTo(0.001);
    } finally {
      vi.useRealTimers();
    }
  });

  it('disposes of its trainer on a device that fails', async () => {
    const engine = engineOf(createReferenceDevice());
    const dispose = vi.fn();
    const trainer: Trainer = {
      runs: 4,
      step: () => Promise.reject(new Error('No memory left.')),
      adapters: () => Promise.resolve([]),
      save: () => Promise.reject(new Error('Nothing was trained.')),
      restore: () => {},
      dispose,
    };
    await expect(secondsPerStep({ ...engine, createTrainer: () => trainer })).rejects.toThrow('No memory left.');
    expect(dispose).toHaveBeenCalledOnce();
  });
});
