/** The wasm device in Node. */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { createWasmDevice } from './create.ts';
import { hasRelaxedSimd } from './relaxed-simd.ts';
import { spawnNodeThread } from './spawn-node.ts';
import type { WasmDevice } from './wasm-device.ts';

const MAX_THREADS = 8;
/** Beside this file, or beside the bundle of the installed package. */
const KERNELS = path.join(import.meta.dirname, 'generated');

export interface NodeWasmOptions {
  /** Including the calling one; default: one per core, at most 8. */
  readonly threads?: number;
  /** Whether to use relaxed SIMD where it is available; default: yes, as the page does. */
  readonly relaxedSimd?: boolean;
  /** Name of the build of the kernels; default: the page's. */
  readonly build?: string;
}

/** @throws Error when the kernels were not built (`node scripts/build-kernels.mjs`). */
export async function createNodeWasmDevice({
  threads = Math.min(availableParallelism(), MAX_THREADS),
  relaxedSimd = true,
  build = 'kernels',
}: NodeWasmOptions = {}): Promise<WasmDevice> {
  const relaxed = relaxedSimd && enableRelaxedSimd();
  const module = await readKernels(`${build}-shared${relaxed ? '-relaxed' : ''}.wasm`);
  return createWasmDevice({ module, threads, spawn: spawnNodeThread });
}

/** Node 20 has relaxed SIMD behind a flag that later versions no longer know. */
function enableRelaxedSimd(): boolean {
  if (process.versions.node.startsWith('20.')) setFlagsFromString('--experimental-wasm-relaxed-simd');
  return hasRelaxedSimd();
}

async function readKernels(name: string): Promise<BufferSource> {
  const file = path.join(KERNELS, name);
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    throw new Error(`${file} cannot be read: run "node scripts/build-kernels.mjs" in the project's folder.`, {
      cause: error,
    });
  }
}
