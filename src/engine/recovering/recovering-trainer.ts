/** A trainer that is restored on a new device from a checkpoint on the host and the batches since. */
import type { Engine, StepResult, TrainBatch, Trainer, TrainerSpec, TrainerState } from '../engine.ts';
import { DeviceLostError } from '../errors.ts';
import { onPresentDevice } from './recovering-images.ts';
import { persist, type Rebuilt, type Recovery } from './recovery.ts';

/** Steps between two checkpoints, and so the most batches that are kept and repeated. Fewer where images are large. */
const CHECKPOINT_EVERY = 50;
const CHECKPOINT_BYTES = 128 * 2 ** 20;

export class RecoveringTrainer implements Trainer, Rebuilt {
  readonly runs: number;
  private inner: Trainer;
  /** Null = the initial adapters of the spec. */
  private checkpoint: TrainerState | null = null;
  /** Of the steps after the checkpoint. */
  private batches: TrainBatch[] = [];
  /** Steps since the last checkpoint was asked for, and the bytes of their images. */
  private unsaved = { steps: 0, bytes: 0 };
  /** Steps before the first of `batches`. */
  private base = 0;
  /** Outcomes of the steps that were repeated on a new device. */
  private repeated = new Map<number, Promise<StepResult>>();

  constructor(
    private readonly recovery: Recovery,
    private readonly spec: TrainerSpec,
    private readonly onDispose: () => void,
  ) {
    this.inner = recovery.engine.createTrainer(spec);
    this.runs = this.inner.runs;
  }

  async step(batch: TrainBatch, readsLater = false): Promise<StepResult> {
    const { recovering } = this.recovery;
    if (recovering) await recovering;
    const { generation } = this.recovery;
    const index = this.base + this.batches.length;
    // Results may have been brought while it waited: it brings its own.
    const started = this.inner.step(onPresentDevice(batch), readsLater && !recovering);
    this.batches.push(batch);
    const saved = this.checkpointIsDue(batch) ? this.keepCheckpoint(index + 1) : null;
    saved?.catch(() => {}); // awaited below, unless the step itself fails
    try {
      const result = await started;
      await saved;
      return result;
    } catch (error) {
      if (!(error instanceof DeviceLostError)) throw error;
      await this.recovery.recover(generation, error);
      const outcome = this.repeated.get(index);
      if (!outcome) throw error;
      this.repeated.delete(index);
      return outcome;
    }
  }

  private checkpointIsDue({ patches }: TrainBatch): boolean {
    this.unsaved.steps++;
    if (patches instanceof Float32Array) this.unsaved.bytes += patches.byteLength;
    if (this.unsaved.steps < CHECKPOINT_EVERY && this.unsaved.bytes < CHECKPOINT_BYTES) return false;
    this.unsaved = { steps: 0, bytes: 0 };
    return true;
  }

  /** Saves the state after `steps` steps; commands are executed in order, so later steps do not disturb it. */
  private async keepCheckpoint(steps: number): Promise<void> {
    const state = await this.inner.save();
    this.batches.splice(0, steps - this.base);
    this.base = steps;
    this.checkpoint = state;
  }

  async rebuild(engine: Engine): Promise<void> {
    this.inner = engine.createTrainer(this.spec);
    if (this.checkpoint) this.inner.restore(this.checkpoint);
    this.repeated = new Map();
    for (let i = 0; i < this.batches.length; i++) {
      const outcome = this.inner.step(onPresentDevice(this.batches[i]));
      this.repeated.set(this.base + i, outcome);
      await outcome.catch((error: unknown) => {
        if (error instanceof DeviceLostError) throw error; // anything else is for whoever asked for that step
      });
    }
  }

  adapters(): Promise<Float32Array[]> {
    return persist(this.recovery, () => this.inner.adapters());
  }

  save(): Promise<TrainerState> {
    return persist(this.recovery, () => this.inner.save());
  }

  restore(state: TrainerState): void {
    this.inner.restore(state);
    this.checkpoint = state;
    this.base = state.step;
    this.batches = [];
    this.unsaved = { steps: 0, bytes: 0 };
  }

  dispose(): void {
    this.onDispose();
    this.inner.dispose();
  }
}
