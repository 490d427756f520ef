/**
 * A trainer that goes on from a checkpoint on the host and the batches since: on a new device when its device is lost, and where the memory ends with less at a
 * time.
 */
import type { Engine, StepResult, TrainBatch, Trainer, TrainerSpec, TrainerState } from '../engine.ts';
import { DeviceLostError, OutOfMemoryError, RefusedTogetherError } from '../errors.ts';
import { ENGINE_NOTICES } from '../words.ts';
import { onPresentDevice } from './recovering-images.ts';
import { batchSizeOf, type Rebuilt, type Recovery } from './recovery.ts';
import { StepLog } from './step-log.ts';
import { RequestQueue } from './request-queue.ts';

export class RecoveringTrainer implements Trainer, Rebuilt {
  readonly runs: number;
  private inner: Trainer;
  /** Counts the inner trainers: what an earlier one still answers is worth nothing. */
  private edition = 0;
  /** Since the state from which it goes on: another state begins another one. */
  private log = new StepLog();
  /** Outcomes of the steps that were repeated. */
  private repeated = new Map<number, Promise<StepResult>>();
  /** How often the memory ended. */
  private shortages = 0;
  /** Steps that are repeated because the memory ended. */
  private makingRoom: Promise<void> | null = null;
  private readonly turns = new RequestQueue(() => this.recovery.recovering ?? this.makingRoom);
  private isDisposed = false;

  constructor(
    private readonly recovery: Recovery,
    private spec: TrainerSpec,
    private readonly onDispose: () => void,
  ) {
    this.inner = recovery.engine.createTrainer(spec);
    this.runs = this.inner.runs;
  }

  async step(batch: TrainBatch, readsLater = false): Promise<StepResult> {
    // Results may have been brought while it waited: it brings its own.
    const { index, edition, generation, started, saved } = this.turns.isBusy
      ? await this.turns.take(() => this.begin(batch, false))
      : this.begin(batch, readsLater);
    let failure: unknown = new RefusedTogetherError(ENGINE_NOTICES.refusedTogether);
    try {
      const result = await started;
      await saved;
      if (edition === this.edition) {
        this.recovery.succeeded();
        return result;
      }
      await this.turns.untilQuiet(); // it came between the end of the memory and the news of it
    } catch (error) {
      await this.mend(error, edition, generation);
      failure = error;
    }
    const outcome = this.repeated.get(index);
    if (!outcome) throw failure;
    this.repeated.delete(index);
    return outcome;
  }

  private begin(batch: TrainBatch, readsLater: boolean) {
    const { edition } = this;
    const { generation } = this.recovery;
    const index = this.log.steps;
    const started = this.inner.step(onPresentDevice(batch), readsLater);
    const saved = this.log.add(batch) ? this.keepCheckpoint(index + 1, edition) : null;
    saved?.catch(() => {}); // awaited by the step, unless it fails itself
    return { index, edition, generation, started, saved };
  }

  /** Saves the state after `steps` steps; commands are executed in order, so later steps do not disturb it. */
  private async keepCheckpoint(steps: number, edition: number): Promise<void> {
    const { log } = this;
    const state = await this.inner.save();
    if (edition === this.edition) log.save(state, steps);
  }

  /** Has the steps repeated where that helps. @param edition in which the error came @param generation the same @throws the error where it does not */
  private async mend(error: unknown, edition: number, generation: number): Promise<void> {
    if (error instanceof DeviceLostError) return this.recovery.recover(generation, error);
    if (!(error instanceof OutOfMemoryError)) throw error;
    if (edition === this.edition && !this.makingRoom)
      this.makingRoom = this.makeRoom(error).finally(() => (this.makingRoom = null));
    try {
      await this.makingRoom;
    } catch (failure) {
      if (!(failure instanceof DeviceLostError)) throw failure;
      await this.recovery.recover(generation, failure);
    }
  }

  /** Repeats the steps, the first time as they are: what lay in reserve is free by now. From then on with less at a time. @throws OutOfMemoryError, DeviceLostError */
  private async makeRoom(shortage: OutOfMemoryError): Promise<void> {
    const { spec: before, shortages: told } = this;
    let rounds = false;
    for (let failure: OutOfMemoryError | null = shortage; failure; failure = await this.repeat(this.recovery.engine)) {
      if (this.isDisposed) throw failure;
      if (!(failure instanceof RefusedTogetherError) && this.shortages++ > 0) {
        const [batch] = this.log.batches;
        const plan = batch && this.recovery.cut(this.spec, batch);
        if (!plan) throw failure;
        rounds ||= plan.images < batchSizeOf(batch) && plan.images !== this.spec.plan?.images;
        this.spec = { ...this.spec, plan };
      }
      this.inner.dispose();
    }
    if (this.shortages > told)
      this.recovery.tell(this.spec === before ? ENGINE_NOTICES.repeated : ENGINE_NOTICES.cutSmaller(rounds));
  }

  /** A new inner trainer, and with it all steps since the checkpoint. @returns why a step found no memory, if one found none @throws DeviceLostError */
  private async repeat(engine: Engine): Promise<OutOfMemoryError | null> {
    if (this.isDisposed) return null;
    const { log } = this;
    const edition = ++this.edition;
    const inner = engine.createTrainer(this.spec);
    this.inner = inner;
    if (log.checkpoint) inner.restore(log.checkpoint);
    this.repeated = new Map();
    for (let i = 0; this.isPresent(edition, log) && i < log.batches.length; i++) {
      const outcome = inner.step(onPresentDevice(log.batches[i]));
      this.repeated.set(log.base + i, outcome);
      try {
        await outcome;
      } catch (error) {
        if (error instanceof DeviceLostError) throw error;
        if (error instanceof OutOfMemoryError) return error;
        // Anything else is for whoever asked for that step.
      }
    }
    return null;
  }

  /** Whether nothing has taken the place of what is repeated. */
  private isPresent(edition: number, log: StepLog): boolean {
    return edition === this.edition && log === this.log && !this.isDisposed;
  }

  async rebuild(engine: Engine): Promise<void> {
    const shortage = await this.repeat(engine);
    if (shortage) await this.makeRoom(shortage);
  }

  adapters(): Promise<Float32Array[]> {
    return this.read(() => this.inner.adapters());
  }

  save(): Promise<TrainerState> {
    return this.read(() => this.inner.save());
  }

  private async read<R>(ask: () => Promise<R>): Promise<R> {
    for (;;) {
      const begin = () => ({ edition: this.edition, generation: this.recovery.generation, answer: ask() });
      const { edition, generation, answer } = this.turns.isBusy ? await this.turns.take(begin) : begin();
      try {
        const values = await answer;
        if (edition === this.edition) return values;
      } catch (error) {
        await this.mend(error, edition, generation);
      }
    }
  }

  restore(state: TrainerState): void {
    this.inner.restore(state);
    this.log = new StepLog(state);
  }

  dispose(): void {
    this.isDisposed = true;
    this.onDispose();
    this.inner.dispose();
  }
}
