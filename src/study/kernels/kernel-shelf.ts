/** Where what was found about kernels is kept from study to study. */
import type { TuningRecord } from '../../engine/kernel-tuning.ts';

export interface KernelShelf {
  /** What is known of the device of this key; null: nothing. */
  load(key: string): Promise<TuningRecord | null>;
  /** Replaces what is known of its device. */
  save(record: TuningRecord): Promise<void>;
}
