/** Which device the worker computes on, and what is said where it has none. */
import { expect, it, vi } from 'vitest';
import type { OpenedEngine } from '../engine/browser.ts';
import type { DeviceChoice, StudyDevice } from '../engine/device-choice.ts';
import type { Engine } from '../engine/engine.ts';
import type { Backbone } from '../model/backbone.ts';
import { OpenDevice } from './open-device.ts';

const PAGE = { isAppleTouch: false, wasLeft: false };
const BACKBONE = { vision: {} } as Backbone;

const engineOf = (device: string, dispose = () => {}) => ({ info: { device }, dispose }) as unknown as Engine;

/** A device whose openings come to these ends, one after the other. @param choice that of the page for a study; absent: none is left to it */
function deviceWith(openings: readonly (Engine | Error)[], choice?: (present: Engine) => StudyDevice): OpenDevice {
  const left = [...openings];
  const engineFor = (present: Engine) => Promise.resolve(choice?.(present));
  const byShapes = choice ? ({ engineFor } as unknown as DeviceChoice) : null;
  return new OpenDevice({
    openEngine(): Promise<OpenedEngine> {
      const next = left.shift();
      return next instanceof Error || !next
        ? Promise.reject(next ?? new Error('No opening is left.'))
        : Promise.resolve({ engine: next, notices: [], byShapes });
    },
    isBusy: () => Promise.resolve(false),
  });
}

it('before one was asked for, none is open', () => {
  expect(() => deviceWith([]).engine).toThrow('The engine is not open.');
});

it('whoever asks for the device hears why it could not be opened, until another one is', async () => {
  const dispose = vi.fn();
  const gpu = engineOf('a card', dispose);
  const device = deviceWith([new Error('No adapter.'), gpu, new Error('No kernels.')]);
  await expect(device.open('webgpu', PAGE)).rejects.toThrow('No adapter.');
  expect(() => device.engine).toThrow('No adapter.');
  await device.open('auto', PAGE);
  expect(device.engine).toBe(gpu);
  await expect(device.open('wasm', PAGE)).rejects.toThrow('No kernels.');
  expect(dispose).toHaveBeenCalledOnce();
  expect(() => device.engine).toThrow('No kernels.');
});

it('where no device works any more at the shapes of a study, what comes next hears of that, not of what failed before', async () => {
  const notices = ['WASM failed.', 'WebGPU failed.'];
  const device = deviceWith([new Error('No adapter.'), engineOf('a card')], () => ({ engine: null, notices }));
  await expect(device.open('webgpu', PAGE)).rejects.toThrow('No adapter.');
  await device.open('auto', PAGE);
  await expect(device.fitting(BACKBONE, null)).rejects.toThrow('WASM failed. WebGPU failed.');
  await expect(device.fitting(BACKBONE, null)).rejects.toThrow('WASM failed. WebGPU failed.');
  expect(() => device.engine).toThrow('WASM failed. WebGPU failed.');
});

it('a study gets the device that fits it, which stays; where the page has no choice, the one that is open', async () => {
  const [wasm, gpu] = [engineOf('WASM'), engineOf('a card')];
  const notices = ['WebGPU is faster here.'];
  const choosing = deviceWith([wasm], (present) =>
    present === wasm ? { engine: gpu, notices } : { engine: present, notices: [] },
  );
  expect(await choosing.open('auto', PAGE)).toEqual({ engine: wasm.info, notices: [], looksAgain: true });
  expect(await choosing.fitting(BACKBONE, null)).toEqual({ engine: gpu, notices });
  expect(choosing.engine).toBe(gpu);
  expect(await choosing.fitting(BACKBONE, null)).toEqual({ engine: gpu, notices: [] });

  const chosen = deviceWith([wasm]);
  expect(await chosen.open('wasm', PAGE)).toEqual({ engine: wasm.info, notices: [] });
  expect(await chosen.fitting(BACKBONE, null)).toEqual({ engine: wasm, notices: [] });
});
