/** How the device of an engine allocates, and what a piece of a step costs it. */
import { isCard } from '../backends.ts';
import type { EngineInfo } from '../engine.ts';
import { tensorLimit } from '../tensor-limit.ts';
import type { MemoryModel } from './counting-device.ts';
import { plainMemory } from './plain-memory.ts';
import { wasmMemory } from './wasm-memory.ts';
import { webgpuMemory } from './webgpu-memory.ts';

/** The memory of every device but the float64 reference, which is not for studies. */
export function memoryModel({ backend, threads, gpu, software }: EngineInfo): MemoryModel {
  if (backend === 'wasm') return wasmMemory(threads);
  if (backend === 'webgpu') return webgpuMemory(tensorLimit(gpu), software);
  return plainMemory();
}

/**
 * A graphics card wants a thousand rows to be busy, so a piece is guessed to cost it what some hundred rows do. On the WASM kernels a piece costs what 30 to
 * 60 rows do (`npm run bench -- step-memory`): LoRA is merged into the weights once more.
 */
export const pieceRows = (info: EngineInfo): number => (isCard(info) ? 256 : 32);
