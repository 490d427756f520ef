/** Creates a wasm device from a compiled module and a way to start threads. */
import { Layout } from './kernels/kernel-id.ts';
import { Recorder, type KernelExports } from './recorder.ts';
import type { SpawnThread, ThreadHandle } from './threads.ts';
import { wasmDevice, type WasmDevice } from './wasm-device.ts';
import { ENGINE_NOTICES } from '../../words.ts';

const PAGE = 65536;
/** What 32-bit addresses reach, but for the last page: the end of a block is an address too, and kernels read a few bytes behind a tensor. */
const DEFAULT_MAX_BYTES = 4 * 2 ** 30 - PAGE;
const MIN_MAX_BYTES = 128 * 2 ** 20;

/** What a WASM device is made of. */
export interface WasmDeviceOptions {
  /** A shared build when threads > 1, any build otherwise. */
  readonly module: WebAssembly.Module | BufferSource;
  /** Including the calling thread. */
  readonly threads: number;
  /** Needed when threads > 1. */
  readonly spawn?: SpawnThread;
  /** Upper bound of the memory, at most 4 GiB (the default). */
  readonly maxBytes?: number;
}

/** Reserves shared memory; where the address space is small, less than asked for. */
function sharedMemory(maxBytes: number): { memory: WebAssembly.Memory; maxBytes: number } {
  for (let bytes = maxBytes; ; bytes /= 2) {
    const maximum = Math.floor(bytes / PAGE);
    try {
      return { memory: new WebAssembly.Memory({ initial: 1, maximum, shared: true }), maxBytes: maximum * PAGE };
    } catch (error) {
      if (bytes / 2 < MIN_MAX_BYTES) throw new Error(ENGINE_NOTICES.noSharedMemory, { cause: error });
    }
  }
}

function isSharedBuild(module: WebAssembly.Module): boolean {
  try {
    new WebAssembly.Instance(module, { env: { memory: new WebAssembly.Memory({ initial: 1, maximum: PAGE }) } });
    return false;
  } catch {
    return true; // the import is a shared memory
  }
}

/**
 * A device on `threads` threads. In a browser it must be created inside a worker: the calling thread waits for the others.
 * @throws RangeError when the number of threads is not finite, Error when threads cannot be started or no memory can be reserved.
 */
export async function createWasmDevice(options: WasmDeviceOptions): Promise<WasmDevice> {
  const { spawn } = options;
  if (!Number.isFinite(options.threads))
    throw new RangeError(`The kernels cannot be computed by ${options.threads} threads.`);
  const threads = Math.max(1, Math.min(Layout.MAX_THREADS, Math.floor(options.threads)));
  const module =
    options.module instanceof WebAssembly.Module ? options.module : await WebAssembly.compile(options.module);
  const limit = Math.min(DEFAULT_MAX_BYTES, options.maxBytes ?? DEFAULT_MAX_BYTES);
  const shared = isSharedBuild(module);
  if (threads > 1 && !(shared && spawn))
    throw new Error('Several threads need the shared build and a way to start them.');
  const { memory, maxBytes } = shared
    ? sharedMemory(limit)
    : { memory: new WebAssembly.Memory({ initial: 1, maximum: Math.floor(limit / PAGE) }), maxBytes: limit };
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const kernels = exports as unknown as KernelExports;
  const recorder = new Recorder(memory, kernels, threads, maxBytes);

  const handles: ThreadHandle[] = [];
  const stop = () => {
    if (handles.length > 0) {
      const ints = new Int32Array(memory.buffer);
      ints[Layout.CONTROL_QUIT / 4] = 1;
      Atomics.add(ints, Layout.CONTROL_GENERATION / 4, 1);
      Atomics.notify(ints, Layout.CONTROL_GENERATION / 4);
    }
    for (const handle of handles.splice(0)) handle.terminate();
  };
  try {
    for (let index = 1; spawn && index < threads; index++) handles.push(spawn({ module, memory, index, threads }));
    await Promise.all(handles.map(({ ready }) => ready));
  } catch (error) {
    stop();
    throw error;
  }
  return wasmDevice(recorder, kernels.relaxedSimd.value === 1, stop);
}
