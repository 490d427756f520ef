/** Opens the fused WGSL kernels on the GPU of this browser (or, after installDawn, of Node). */
import { requestGpu } from './request-device.ts';
import { Runtime } from './runtime.ts';
import { createWebgpuDevice, type WebgpuDevice } from './webgpu-device.ts';

/** @throws Error when the browser has no WebGPU, offers no adapter, or refuses the device. */
export async function openWebgpu(): Promise<WebgpuDevice> {
  const requested = await requestGpu();
  return createWebgpuDevice(new Runtime(requested), requested.description);
}
