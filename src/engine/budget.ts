/** How much one batched evaluation may hold on each kind of device. */
import type { EngineInfo } from './engine.ts';
import type { EvaluationBudget } from './passes/evaluator.ts';

const MEGABYTE = 2 ** 20;

/**
 * On a CPU small working sets stay in cache; a GPU wants many rows per dispatch, unless it is emulated, and cannot bind more than its
 * limit at once.
 */
export function evaluationBudget(info: EngineInfo): EvaluationBudget {
  const gpu = info.backend.endsWith('webgpu') && !info.software;
  const bytes = Math.min(256 * MEGABYTE, info.gpu?.limits.maxStorageBufferBindingSize ?? Infinity);
  return { rows: gpu ? 65536 : 4096, tensorBytes: bytes, adapterBytes: bytes };
}
