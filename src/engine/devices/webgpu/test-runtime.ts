/** The runtime on a device of Dawn. */
import { vi } from 'vitest';
import type { GpuTensor } from './gpu-tensor.ts';
import { storageOperations } from './ops/storage.ts';
import { requestGpu } from './request-device.ts';
import { Runtime } from './runtime.ts';

export const fillZero = (runtime: Runtime, tensor: GpuTensor) => storageOperations(runtime).fillZero(tensor);

interface Copying {
  copyBufferToBuffer: (from: GPUBuffer, at: number, to: GPUBuffer, where: number, bytes: number) => undefined;
}

export const openTestRuntime = async () => new Runtime(await requestGpu());

/** Buffers that are mapped, and copies of tensors, while `work` goes on. */
export async function calls<R>(work: () => Promise<R>): Promise<{ result: R; maps: number; copies: number }> {
  const maps = vi.spyOn(GPUBuffer.prototype, 'mapAsync');
  const copies = vi.spyOn<Copying, 'copyBufferToBuffer'>(GPUCommandEncoder.prototype, 'copyBufferToBuffer');
  try {
    const result = await work();
    const ofTensors = copies.mock.calls.filter(([from]) => from.label === '');
    return { result, maps: maps.mock.calls.length, copies: ofTensors.length };
  } finally {
    maps.mockRestore();
    copies.mockRestore();
  }
}
