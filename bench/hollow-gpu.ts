/** A GPU that takes every call and computes nothing: what is left of a step is the host's JavaScript, without a driver's share. */
import type { RequestedDevice } from '../src/engine/devices/webgpu/request-device.ts';
import { PROMISED } from '../tests/support/gpu-profiles.ts';

const LIMITS = { ...PROMISED, maxBufferSize: 2 ** 31, maxStorageBufferBindingSize: 2 ** 30 };

/** Constants of the interface, which Node lacks. */
function defineConstants(): void {
  Object.assign(globalThis, {
    GPUBufferUsage: { MAP_READ: 1, COPY_SRC: 4, COPY_DST: 8, UNIFORM: 64, STORAGE: 128, QUERY_RESOLVE: 512 },
    GPUMapMode: { READ: 1 },
    GPUShaderStage: { COMPUTE: 4 },
    GPUOutOfMemoryError: Error,
  });
}

const nothing = () => undefined;
const later = () => Promise.resolve();
const pass = { setPipeline: nothing, setBindGroup: nothing, dispatchWorkgroups: nothing, end: nothing };
/** What a buffer holds, if anything: the numbers by which a reading knows that its submission was carried out. */
interface Hollow {
  readonly memory: Uint8Array<ArrayBuffer> | null;
}
const HOLDING: readonly (string | undefined)[] = ['constants', 'stamps', 'read back'];

const encoder = {
  beginComputePass: () => pass,
  copyBufferToBuffer: (from: Hollow, at: number, to: Hollow, where: number, bytes: number) =>
    from.memory && to.memory?.set(from.memory.subarray(at, at + bytes), where),
  finish: () => ({}),
};
const writeBuffer = ({ memory }: Hollow, at: number, { buffer, byteOffset, byteLength }: ArrayBufferView) =>
  memory?.set(new Uint8Array(buffer, byteOffset, byteLength), at);
const createBuffer = ({ label, size }: GPUBufferDescriptor) => {
  const memory = HOLDING.includes(label) ? new Uint8Array(size) : null;
  return {
    memory,
    size,
    destroy: nothing,
    mapAsync: later,
    getMappedRange: (_: number, bytes: number) => memory?.buffer ?? new ArrayBuffer(bytes),
    unmap: nothing,
  };
};

/** @param software whether kernels for adapters that compute on the CPU are chosen */
export function hollowGpu(software: boolean): RequestedDevice {
  defineConstants();
  const device = {
    adapterInfo: { subgroupMinSize: 8, subgroupMaxSize: 8 },
    features: new Set(['subgroups']),
    queue: { writeBuffer, submit: nothing, onSubmittedWorkDone: later },
    lost: new Promise<never>(nothing),
    createBuffer,
    pushErrorScope: nothing,
    popErrorScope: () => Promise.resolve(null),
    createBindGroup: () => ({}),
    createBindGroupLayout: () => ({}),
    createPipelineLayout: () => ({}),
    createShaderModule: () => ({}),
    createComputePipeline: () => ({}),
    createComputePipelineAsync: () => Promise.resolve({}),
    createCommandEncoder: () => encoder,
    addEventListener: nothing,
    destroy: nothing,
  };
  return {
    // No other part of the interface is called.
    device: device as unknown as GPUDevice,
    description: {
      name: 'hollow',
      vendor: '',
      architecture: '',
      software,
      features: ['subgroups'],
      limits: LIMITS,
    },
  };
}
