import { describe, expect, it } from 'vitest';
import type { Device } from '../device.ts';
import { DeviceLostError } from '../errors.ts';
import type { GpuDescription } from '../gpu-inspector.ts';
import { openNodeDevice } from '../node.ts';
import { createDeviceEngine } from '../passes/device-engine.ts';
import { selfTest } from './self-test.ts';
import { createReferenceDevice, type ReferenceDevice } from '../devices/reference/reference-device.ts';

const BUDGET = { rows: 1024, tensorBytes: 2 ** 30, adapterBytes: 2 ** 20 };
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
