/** What brings a trainer back to where it was: a checkpoint on the host, and the batches of the steps since. */
import type { TrainBatch, TrainerState } from '../engine.ts';

/** Steps between two checkpoints, and so the most batches that are kept and repeated. Fewer where images are large. */
const CHECKPOINT_EVERY = 50;
const CHECKPOINT_BYTES = 128 * 2 ** 20;

export class StepLog {
  private kept: TrainBatch[] = [];
  /** Steps before the first of `kept`. */
  private before: number;
  /** Steps since the last checkpoint was asked for, and the bytes of their images. */
  private unsaved = { steps: 0, bytes: 0 };

  /** @param state from which the trainer goes on; null: it is as it was made */
  constructor(private state: TrainerState | null = null) {
    this.before = state?.step ?? 0;
  }

  /** Null: the trainer as it was made. */
  get checkpoint(): TrainerState | null {
    return this.state;
  }
  /** Steps up to the checkpoint. */
  get base(): number {
    return this.before;
  }
  /** Of the steps after the checkpoint. */
  get batches(): readonly TrainBatch[] {
    return this.kept;
  }
  /** All steps so far: the index of the next one. */
  get steps(): number {
    return this.before + this.kept.length;
  }

  /** Adds the next step. @returns whether a checkpoint is due behind it */
  add(batch: TrainBatch): boolean {
    const { patches } = batch;
    this.kept.push(batch);
    this.unsaved.steps++;
    if (patches instanceof Float32Array) this.unsaved.bytes += patches.byteLength;
    if (this.unsaved.steps < CHECKPOINT_EVERY && this.unsaved.bytes < CHECKPOINT_BYTES) return false;
    this.unsaved = { steps: 0, bytes: 0 };
    return true;
  }

  /** A checkpoint after so many steps, which need not be repeated any more. */
  save(state: TrainerState, steps: number): void {
    this.kept.splice(0, steps - this.before);
    this.before = steps;
    this.state = state;
  }
}
