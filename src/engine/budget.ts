/** How much one batched evaluation may hold on each kind of device. */
import { isCard } from './backends.ts';
import type { EngineInfo } from './engine.ts';
import { tensorLimit } from './tensor-limit.ts';

const MEGABYTE = 2 ** 20;

/** How much one batched pass may hold. */
export interface EvaluationBudget {
  /** Rows (groups × images × tokens) of one block evaluation. */
  readonly rows: number;
  /** Bytes of the widest tensor of a block evaluation: what the device can bind. */
  readonly tensorBytes: number;
  /** Bytes of adapters resident on the device at a time. */
  readonly adapterBytes: number;
}

/** Rows of a pass whose widest tensor has so many values in each. */
export const rowsOfPass = ({ rows, tensorBytes }: EvaluationBudget, widest: number): number =>
  Math.max(1, Math.min(rows, Math.floor(tensorBytes / (4 * widest))));

/**
 * On a CPU small working sets stay in cache; a GPU wants many rows per dispatch, unless it is emulated, and cannot bind more than its
 * limit at once.
 */
export function evaluationBudget(info: EngineInfo): EvaluationBudget {
  const bytes = Math.min(256 * MEGABYTE, tensorLimit(info.gpu));
  return { rows: isCard(info) ? 65536 : 4096, tensorBytes: bytes, adapterBytes: bytes };
}
