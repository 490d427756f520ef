/** How much one batched evaluation may hold on each kind of device. */
import type { EngineInfo } from './engine.ts';
import type { EvaluationBudget } from './portable/evaluator.ts';

const MEGABYTE = 2 ** 20;

/**
 * On a CPU small working sets stay in cache; a GPU wants many rows per dispatch, unless it is emulated.
 */
export function evaluationBudget(info: EngineInfo): EvaluationBudget {
  const gpu = info.backend.endsWith('webgpu') && !info.software;
  return { rows: gpu ? 65536 : 4096, adapterBytes: 256 * MEGABYTE };
}
