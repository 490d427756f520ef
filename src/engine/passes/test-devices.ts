/** The devices that the laws of passes are held on, in Node and in Chromium. */
import { afterAll, beforeAll } from 'vitest';
import type { Device } from '../device.ts';
import { createReferenceDevice } from '../devices/reference/reference-device.ts';
import { openNodeDevice } from '../node.ts';

export type NamedDevice = readonly [name: string, open: () => Device<unknown>];

/** Rows for `describe.each`. The tests of the file that calls this share one WASM device and one of TensorFlow.js. */
export function sharedDevices(): NamedDevice[] {
  let wasm: Device<unknown>;
  let tfjs: Device<unknown>;
  beforeAll(async () => {
    wasm = await openNodeDevice('wasm', { threads: 2 });
    tfjs = await openNodeDevice('tfjs-cpu');
  });
  afterAll(() => wasm.dispose());
  return [
    ['float64 reference', () => createReferenceDevice()],
    ['wasm', () => wasm],
    ['tfjs-cpu', () => tfjs],
  ];
}
