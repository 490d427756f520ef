/** Decides when a running study is saved. Saving never disturbs the study. */
import { reasonText } from '../../core/error-text.ts';
import type { KernelChoice } from '../../engine/kernel-tuning.ts';
import type { Precision } from '../../engine/precision.ts';
import type { StudyConfig } from '../config/config.ts';
import type { StudyClock } from '../run/clock.ts';
import type { CheckpointHead, PopulationState, StudyCheckpoint } from './checkpoint.ts';
import type { StudyEvent } from '../result/events.ts';
import type { FinishedAnalysis } from './finished-analysis.ts';
import { SAVING_WORDS } from './saving-words.ts';

/** Seconds of work that a crash may lose, */
const EVERY_SECONDS = 5;
/** and of studies whose checkpoints are large: the memory of a tablet wears out with what is written. */
const MOST_SECONDS = 60;
/** Bytes per second that saving may write, within that. */
const RATE = 200_000;
/** Largest share of the time that saving may take. */
const SHARE = 0.05;
/** Failures in a row after which that is told, and saving is tried more rarely: one may be another program's doing. */
const MOST_FAILURES = 3;

/** Of what makes a checkpoint large. */
const bytesOf = ({ trainers, kept = [] }: StudyCheckpoint): number =>
  [
    ...trainers.flatMap((one) => [...one.adapters, ...one.firstMoments, ...one.secondMoments, ...one.counts]),
    ...kept.flat(2),
  ].reduce((sum, { byteLength }) => sum + byteLength, 0);

export interface KeeperInputs {
  readonly keep: (checkpoint: StudyCheckpoint) => Promise<void>;
  readonly config: StudyConfig;
  readonly task: { readonly name: string };
  readonly engine: { readonly info: { readonly backend: string; readonly device: string } };
  readonly appVersion: string;
  /** All that has computed the study so far. */
  readonly computedBy: () => NonNullable<CheckpointHead['computedBy']>;
  readonly kernels: KernelChoice;
  readonly precision: Precision;
  /** ISO 8601: when the study started. */
  readonly started: string;
  readonly clock: StudyClock;
  readonly emit: (event: StudyEvent) => void;
  /** Whether a class is there that the study will ask. */
  readonly hasClass: () => boolean;
  /** Whether a class had begun to train the clients before the study went on. */
  readonly byClass: boolean;
  /** Seconds between two checkpoints; absent: a few, or more when saving is slow or writes much. */
  readonly every?: number;
  /** Seeds are added to a study. */
  readonly adds: boolean;
  /** Analyses that were done before the study went on; absent: none. */
  readonly finished?: readonly FinishedAnalysis[];
}

export class CheckpointKeeper {
  private interval: number;
  /** Seconds of work at the last checkpoint, or the last try. */
  private last: number;
  private failures = 0;
  /** The populations of the training that is done. */
  private trained: readonly PopulationState[] | null = null;
  private finished: readonly FinishedAnalysis[];
  /** Whether a class has begun to train the clients of the study: none but a class goes on with them. */
  byClass: boolean;

  constructor(private readonly inputs: KeeperInputs) {
    this.interval = inputs.every ?? EVERY_SECONDS;
    this.last = inputs.clock.seconds;
    this.finished = inputs.finished ?? [];
    this.byClass = inputs.byClass;
  }

  /** What is known of an analysis with this key; null: nothing. */
  finishedOf(id: string, key: string): FinishedAnalysis | null {
    return this.finished.find((one) => one.id === id && one.key === key) ?? null;
  }

  /** Saves an analysis beside the training. */
  async keepFinished(analysis: FinishedAnalysis): Promise<void> {
    this.finished = [...this.finished.filter(({ id }) => id !== analysis.id), analysis];
    await this.saveTrained();
  }

  /** Saves that a class trains the clients. */
  async keepClass(): Promise<void> {
    if (this.byClass) return;
    this.byClass = true;
    await this.saveTrained();
  }

  private async saveTrained(): Promise<void> {
    // Of a training that ended early there is no checkpoint.
    if (this.trained) await this.save(this.inputs.config.training.steps, this.trained);
  }

  /** Seconds of work since the last checkpoint, or the last try. */
  private get age(): number {
    return this.inputs.clock.seconds - this.last;
  }

  get isDue(): boolean {
    return this.age >= this.interval;
  }

  /** Sooner than otherwise: whoever pauses may leave. */
  get isDueAtPause(): boolean {
    return this.age >= Math.min(EVERY_SECONDS, this.interval);
  }

  /** Saves. Where that fails several times in a row (the device is full), the study reports it once and tries again every minute: there may be room later. */
  async save(step: number, populations: readonly PopulationState[]): Promise<void> {
    if (step === this.inputs.config.training.steps) this.trained = populations;
    const { keep, config, task, engine, appVersion, kernels, precision, started, clock, emit, hasClass, adds } =
      this.inputs;
    const { backend, device } = engine.info;
    const computedBy = this.inputs.computedBy();
    const isAlone =
      computedBy.backend === backend && computedBy.device === device && computedBy.appVersion === appVersion;
    const from = clock.seconds;
    try {
      const checkpoint: StudyCheckpoint = {
        head: {
          version: 2,
          config,
          task: task.name,
          step,
          started,
          saved: new Date().toISOString(),
          seconds: from,
          backend,
          device,
          appVersion,
          ...(!isAlone && { computedBy }),
          ...(Object.keys(kernels).length > 0 && { kernels }),
          ...(precision === 'f16' && { precision }),
          ...((this.byClass || hasClass()) && { byClass: true as const }),
          ...(adds && { adds: true as const }),
          runs: populations.map(({ runs }) => [...runs]),
        },
        trainers: populations.map(({ trainer }) => trainer),
        kept: populations.map(({ kept }) => kept),
        ...(this.finished.length > 0 && { finished: this.finished }),
      };
      await keep(checkpoint);
      emit({ type: 'saved' });
      if (this.failures >= MOST_FAILURES) emit({ type: 'notice', message: SAVING_WORDS.savesAgain });
      this.failures = 0;
      this.last = clock.seconds;
      this.interval =
        this.inputs.every ??
        Math.max(EVERY_SECONDS, (this.last - from) / SHARE, Math.min(bytesOf(checkpoint) / RATE, MOST_SECONDS));
    } catch (error) {
      this.last = clock.seconds;
      if (++this.failures < MOST_FAILURES) return;
      this.interval = Math.max(MOST_SECONDS, (this.last - from) / SHARE);
      if (this.failures === MOST_FAILURES)
        emit({ type: 'notice', message: SAVING_WORDS.cannotSave(reasonText(error)) });
    }
  }
}
