import { expect, test, vi } from 'vitest';
import type { Engine } from './engine.ts';
import { DeviceLostError } from './errors.ts';
import { fasterEngine } from './faster-engine.ts';
import { createDeviceEngine } from './passes/device-engine.ts';
import { createReferenceDevice } from './devices/reference/reference-device.ts';

const BUDGET = { rows: 1024, tensorBytes: 2 ** 30, adapterBytes: 2 ** 20 };

/** WebAssembly and a graphics card whose measurements end so; an error stands for one that fails. */
async function chosenOf(onWasm: number | Error, onGpu: number | Error) {
  const opened = [0, 1].map(() => ({ ...createDeviceEngine(createReferenceDevice(), BUDGET), dispose: vi.fn() }));
  const [wasm, gpu] = opened;
  const times = new Map<Engine, number | Error>([
    [wasm, onWasm],
    [gpu, onGpu],
  ]);
  const measure = (engine: Engine) => {
    const seconds = times.get(engine);
    return typeof seconds === 'number' ? Promise.resolve(seconds) : Promise.reject(seconds ?? new Error());
  };
  const noted: unknown[] = [];
  const { engine, notices } = await fasterEngine(wasm, gpu, { measure, note: (error) => noted.push(error) });
  expect(noted, 'failures of the card').toEqual(typeof onGpu === 'number' ? [] : [onGpu]);
  const names = new Map<Engine | null, string>([
    [wasm, 'wasm'],
    [gpu, 'webgpu'],
  ]);
  const disposed = opened.filter(({ dispose }) => dispose.mock.calls.length === 1).map((one) => names.get(one));
  return { engine: names.get(engine) ?? null, disposed, notices };
}

test('the faster of two is chosen, and the other one is given back', async () => {
  const fast = await chosenOf(0.04, 0.01);
  expect(fast).toMatchObject({ engine: 'webgpu', disposed: ['wasm'] });
  expect(fast.notices).toEqual([expect.stringContaining('WebAssembly 40 ms, WebGPU 10 ms')]);
  expect(await chosenOf(0.01, 0.04)).toMatchObject({ engine: 'wasm', disposed: ['webgpu'] });
});

test('a card that fails while it is measured leaves the work to WebAssembly, and says why', async () => {
  expect(await chosenOf(0.04, new DeviceLostError('The GPU was lost 5 times.'))).toEqual({
    engine: 'wasm',
    disposed: ['webgpu'],
    notices: ['WebGPU: The GPU was lost 5 times.'],
  });
});

test('so do WebAssembly kernels that fail; where both do, none is left', async () => {
  const full = new Error('Out of device memory.');
  expect(await chosenOf(full, 0.01)).toEqual({
    engine: 'webgpu',
    disposed: ['wasm'],
    notices: ['WebAssembly kernels: Out of device memory.'],
  });
  expect(await chosenOf(full, full)).toMatchObject({ engine: null, disposed: ['wasm', 'webgpu'] });
});
