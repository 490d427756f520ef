import { describe, expect, it, vi } from 'vitest';
import type { Device } from './device.ts';
import type { Trainer } from './engine.ts';
import { DeviceLostError } from './errors.ts';
import type { GpuDescription } from './gpu-inspector.ts';
import { openNodeDevice } from './node.ts';
import { createDeviceEngine } from './passes/device-engine.ts';
import { tinyClip } from './tiny-clip.ts';
import { secondsPerStep, selfTest, speedProblemOf } from './probe.ts';
import { createReferenceDevice, type ReferenceDevice } from './devices/reference/reference-device.ts';

const BUDGET = { rows: 1024, tensorBytes: 2 ** 30, adapterBytes: 2 ** 20 };
const NONE = new Float32Array();
const engineOf = <T>(device: Device<T>) => createDeviceEngine(device, BUDGET);

/** The reference device with some operations replaced. */
function faulty(change: (device: ReferenceDevice) => Partial<ReferenceDevice>): ReferenceDevice {
  const device = createReferenceDevice();
  return { ...device, ...change(device) };
}

describe('the self-test', () => {
  it('takes a loss for a loss, after which another device may be opened', async () => {
    const lost = faulty(() => ({ readAll: () => Promise.reject(new DeviceLostError('Gone.')) }));
    await expect(selfTest(engineOf(lost))).rejects.toThrow(DeviceLostError);
  });

  it.each(['wasm', 'tfjs-cpu'] as const)('accepts %s and leaves nothing but the model behind', async (backend) => {
    const device = await openNodeDevice(backend);
    const engine = engineOf(device);
    await selfTest(engine);
    const bytes = engine.memoryBytes();
    await selfTest(engine);
    expect(engine.memoryBytes()).toBe(bytes);
    engine.dispose();
  });

  it.each<[string, (device: ReferenceDevice) => Partial<ReferenceDevice>]>([
    ['gradients of zero', () => ({ loraGradient: () => undefined })],
    [
      'gradients with one wrong entry',
      (right) => ({
        loraGradient: (dy, x, groups, lora, gradients) => {
          right.loraGradient(dy, x, groups, lora, gradients);
          gradients.data[lora.bOffset] *= 1.2;
        },
      }),
    ],
    [
      'wrong probabilities',
      (right) => ({
        attention: (q, k, v, shape, keep) => right.attention(q, k, v, { ...shape, causal: false }, keep),
      }),
    ],
    ['no update', () => ({ adamw: () => undefined })],
    [
      'updates that forget the steps before',
      (right) => ({
        adamw: (params, gradients, m, ...rest) => {
          m.data.fill(0);
          right.adamw(params, gradients, m, ...rest);
        },
      }),
    ],
    [
      'moments that age where gates are closed',
      (right) => ({
        adamw: (params, gradients, m, v, segments, coefficients, options) => {
          right.adamw(params, gradients, m, v, segments, coefficients, options);
          for (let slot = 0; slot < params.rows; slot++)
            segments.forEach(({ offset, length }, s) => {
              if (coefficients[4 * (slot * segments.length + s)] !== 0) return;
              const first = slot * params.cols + offset;
              for (let i = first; i < first + length; i++) m.data[i] *= options.beta1;
            });
        },
      }),
    ],
    [
      'not-a-number',
      (right) => ({
        activationGradient: (...args) => {
          const dx = right.activationGradient(...args);
          dx.data[0] = NaN;
          return dx;
        },
      }),
    ],
  ])('refuses a device with %s, naming it', async (_, change) => {
    const engine = engineOf(faulty(change));
    await expect(selfTest(engine)).rejects.toThrow('float64 reference failed the self-test: ');
  });

  it.each([2, 3])('refuses a card that is wrong now and then only, here the %ith time', async (wrong) => {
    let times = 0;
    const device = faulty((right) => ({
      loraGradient: (dy, x, groups, lora, gradients) => {
        right.loraGradient(dy, x, groups, lora, gradients);
        if (times === wrong) gradients.data[lora.bOffset] += 1e-6;
      },
    }));
    const engine = engineOf(device);
    const described = { ...engine.info, gpu: {} as GpuDescription, software: false };
    const load: typeof engine.load = (backbone) => {
      times++;
      engine.load(backbone);
    };
    await expect(selfTest({ ...engine, load, info: described })).rejects.toThrow(
      'gives other numbers when it computes the same again',
    );
    times = 0;
    await selfTest({ ...engine, load, info: { ...described, software: true } });
  });
});

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
