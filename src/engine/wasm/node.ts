/** The wasm device in Node. */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { Device } from '../device.ts';
import { createWasmDevice } from './create.ts';
import { spawnNodeThread } from './spawn-node.ts';
import type { WasmTensor } from './wasm-tensor.ts';

const MAX_THREADS = 8;
/** Relative to the project's root, from which its scripts run: the code itself may be bundled to anywhere. */
const KERNELS = 'src/engine/wasm/generated/kernels-shared.wasm';

/**
 * @param threads including the calling one; default: one per core, at most 8
 * @param kernels the shared build; default: read from the project in the current directory
 * @throws Error when the kernels were not built (`node scripts/build-kernels.mjs`).
 */
export async function createNodeWasmDevice(
  threads = Math.min(availableParallelism(), MAX_THREADS),
  kernels?: WebAssembly.Module | BufferSource,
): Promise<Device<WasmTensor>> {
  const module = kernels ?? (await readKernels());
  return createWasmDevice({ module, threads, spawn: spawnNodeThread });
}

async function readKernels(): Promise<BufferSource> {
  const path = resolve(KERNELS);
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    throw new Error(`${KERNELS} cannot be read: run "node scripts/build-kernels.mjs" in the project's folder.`, {
      cause: error,
    });
  }
}
