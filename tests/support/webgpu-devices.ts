/** The WebGPU devices of a file's tests. */
import { afterAll, beforeAll } from 'vitest';
import { installDawn } from '../../src/engine/dawn-node.ts';
import { requestGpu, type RequestedDevice } from '../../src/engine/devices/webgpu/request-device.ts';
import { Runtime } from '../../src/engine/devices/webgpu/runtime.ts';
import { createWebgpuDevice, openWebgpu, type WebgpuDevice } from '../../src/engine/devices/webgpu/webgpu-device.ts';

/** Milliseconds that a test of shaders may take: software adapters compile for seconds on a busy machine, and the first test waits for most of it. */
export const COMPILING = 300_000;

/** Opens a device before the first test, hands it over, and disposes of it after the last. @param open absent: on whatever adapter there is */
export function withWebgpu(
  use: (device: WebgpuDevice) => void,
  open: () => Promise<WebgpuDevice> = () => openWebgpu(),
): void {
  let opened: WebgpuDevice;
  beforeAll(async () => {
    await installDawn();
    opened = await open();
    use(opened);
  });
  afterAll(() => opened.dispose());
}

function saidToBe(software: boolean, { device, description }: RequestedDevice): WebgpuDevice {
  const described = { ...description, software };
  return createWebgpuDevice(new Runtime({ device, description: described }), described);
}

/**
 * Devices by the kind of their products, from the first test to the last: the software adapter with subgroups, taken for a card, and without
 * subgroups. The last has no float16 either.
 */
export function withAllTiles(): Readonly<Record<string, WebgpuDevice>> {
  const devices: Record<string, WebgpuDevice> = {};
  withWebgpu(
    (device) => (devices.lanes = device),
    async () => saidToBe(true, await requestGpu()),
  );
  withWebgpu(
    (device) => (devices.staged = device),
    async () => saidToBe(false, await requestGpu()),
  );
  withWebgpu(
    (device) => (devices.direct = device),
    async () => {
      const adapter = await navigator.gpu.requestAdapter();
      if (!adapter) throw new Error('No adapter: these tests need a Vulkan driver such as lavapipe.');
      const { description } = await requestGpu();
      return saidToBe(true, { device: await adapter.requestDevice(), description });
    },
  );
  return devices;
}
