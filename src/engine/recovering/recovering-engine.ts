/**
 * An engine that survives the loss of its device: it opens a new one, uploads the backbone, brings every trainer back to its last
 * checkpoint, repeats the steps since, and repeats the request that failed. Training is a function of
 * its batches, so a recovered run is the run. Where the memory ends, a trainer repeats its steps with less at a time.
 */
import type { Backbone } from '../../model/backbone.ts';
import { abortedAlso } from '../../platform/aborted-also.ts';
import { pause } from '../../platform/pause.ts';
import type { Precision } from '../precision.ts';
import type {
  Engine,
  Evaluator,
  EvaluatorSpec,
  MemoryPlan,
  KernelTuner,
  StepPlan,
  TrainBatch,
  Trainer,
  TrainerSpec,
  TrainingImages,
  TrainingPixels,
} from '../engine.ts';
import { DeviceLostError, NoDeviceError } from '../errors.ts';
import { cutSteps } from './cut-steps.ts';
import { DeviceSetup, isAlike } from './device-setup.ts';
import { openPatiently } from './open-patiently.ts';
import { presentImages, RecoveringImages } from './recovering-images.ts';
import { RecoveringEvaluator } from './recovering-evaluator.ts';
import { RecoveringTrainer } from './recovering-trainer.ts';
import { persist, type Rebuilt, type Recovery } from './recovery.ts';
import { ENGINE_NOTICES } from '../words.ts';

/** Studies in a row that come to their end without a loss, for which one is forgiven: a card gets as much at once as before it. */
const CLEAN_STUDIES = 3;
/** Losses in a row after which a device is not opened again: none of the work between them succeeded. */
const MAX_LOSSES = 5;

export class RecoveringEngine implements Engine, Recovery {
  engine: Engine;
  generation = 0;
  /** In a row. */
  private losses = 0;
  /** Of the present study. */
  private study = { hasWorked: false, wasLost: false };
  /** In a row, since a loss was forgiven. */
  private cleanStudies = 0;
  /** Aborted, whoever uses the engine waits for no device. */
  private patience = new AbortController();
  private readonly setup = new DeviceSetup();
  recovering: Promise<void> | null = null;
  /** What trainings on this backbone may take since one of them found no more. */
  private foundBytes = Infinity;
  private readonly dependants = new Set<Rebuilt>();
  /** Rebuilt before the trainers, which repeat steps on them. */
  private readonly images = new Set<Rebuilt>();

  /**
   * @param open opens a device like the first one
   * @param tell called with a sentence for the user after every recovery, and when steps are cut smaller
   * @param tellWait called with what the user is told while a device is opened again, and with null when it no longer is
   * @param wait waits for so many milliseconds
   */
  constructor(
    first: Engine,
    private readonly open: () => Promise<Engine>,
    readonly tell: (message: string) => void,
    private readonly tellWait: (message: string | null) => void = () => undefined,
    private readonly wait = pause,
  ) {
    this.engine = first;
  }

  get info() {
    return this.engine.info;
  }
  get inspector() {
    return this.engine.inspector;
  }
  /** The same device, opened anew, gets the forms of the lost one. */
  get tuner(): KernelTuner | null {
    const { tuner } = this.engine;
    return (
      tuner && {
        ...tuner,
        choose: (choice) => this.setup.chooseKernels(this.engine, choice),
        prove: (...args) =>
          persist(
            this,
            async () => (await this.engine.tuner?.prove(...args)) ?? { choice: {}, refused: [], faults: {} },
          ),
        tune: (steps, ...rest) =>
          tuner.tune({ ...steps, images: steps.images && presentImages(steps.images) }, ...rest),
      }
    );
  }
  get pace() {
    return this.engine.pace;
  }
  get precision(): Precision {
    return this.setup.precision;
  }

  choosePrecision(precision: Precision): void {
    this.setup.choosePrecision(this.engine, precision);
  }

  load(backbone: Backbone): void {
    this.foundBytes = Infinity; // other programs may use less by now
    this.setup.load(this.engine, backbone);
  }

  textFeatures(tokens: Int32Array, prompts: number): Promise<Float32Array> {
    return persist(this, () => this.engine.textFeatures(tokens, prompts));
  }

  warmUp(...args: Parameters<Engine['warmUp']>): Promise<void> {
    return persist(this, () => this.engine.warmUp(...args));
  }

  trainingImages(pixels: TrainingPixels): TrainingImages | null {
    const inner = this.engine.trainingImages(pixels);
    if (!inner) return null;
    const images = new RecoveringImages(pixels, inner, () => this.images.delete(images));
    this.images.add(images);
    return images;
  }

  planMemory(...[spec, batchSize, circumstances]: Parameters<Engine['planMemory']>): MemoryPlan {
    return this.engine.planMemory(spec, batchSize, {
      ...circumstances,
      foundBytes: circumstances?.shapes ? Infinity : this.foundBytes, // found of the loaded backbone
    });
  }

  cut(spec: TrainerSpec, batch: TrainBatch): StepPlan | null {
    const less = cutSteps(this.engine, spec, batch);
    if (!less) return null;
    this.foundBytes = Math.min(this.foundBytes, less.room);
    return less.plan;
  }

  createTrainer(spec: TrainerSpec): Trainer {
    const trainer = new RecoveringTrainer(this, spec, () => this.dependants.delete(trainer));
    this.dependants.add(trainer);
    return trainer;
  }

  createEvaluator(spec: EvaluatorSpec): Evaluator {
    const evaluator = new RecoveringEvaluator(this, spec, () => this.dependants.delete(evaluator));
    this.dependants.add(evaluator);
    return evaluator;
  }

  attention(...args: Parameters<Engine['attention']>): ReturnType<Engine['attention']> {
    return persist(this, () => this.engine.attention(...args));
  }

  bringResults(): void {
    this.engine.bringResults();
  }

  release(): void {
    const { hasWorked, wasLost } = this.study;
    this.study = { hasWorked: false, wasLost: false };
    if (wasLost) this.cleanStudies = 0;
    else if (hasWorked && ++this.cleanStudies === CLEAN_STUDIES) {
      this.cleanStudies = 0;
      this.pace?.forgive();
    }
    this.engine.release();
  }

  memoryBytes(): number {
    return this.engine.memoryBytes();
  }

  dispose(): void {
    this.patience.abort();
    this.engine.dispose();
  }

  waitUntil(signal: AbortSignal | null): void {
    this.patience = abortedAlso(signal ?? undefined);
  }

  recover(generation: number, cause: DeviceLostError): Promise<void> {
    if (this.patience.signal.aborted) return Promise.reject(cause);
    if (!this.recovering && generation === this.generation)
      this.recovering = this.reopen(cause).finally(() => {
        this.recovering = null;
        this.tellWait(null);
      });
    return this.recovering ?? Promise.resolve();
  }

  succeeded(): void {
    this.study.hasWorked = true;
    this.losses = 0;
  }

  private async reopen(cause: DeviceLostError): Promise<void> {
    const { info } = this;
    const { signal } = this.patience;
    let last = cause;
    let hasUsualForms = false;
    while (this.losses < MAX_LOSSES) {
      this.losses++;
      this.generation++;
      this.study.wasLost = true;
      try {
        this.tellWait(ENGINE_NOTICES.reopens(last.message));
        const { engine: lost } = this;
        lost.dispose();
        this.engine = await this.openAfter(last, signal);
        if (!isAlike(lost.info, this.info)) this.foundBytes = Infinity;
        if (this.setup.restoreOn(this.engine, lost)) hasUsualForms = true;
        await this.rebuildAll();
        this.tell(
          isAlike(info, this.info)
            ? ENGINE_NOTICES.recovered(last.message)
            : ENGINE_NOTICES.recoveredElsewhere(last.message, info.device, this.info.device, this.info.software),
        );
        if (hasUsualForms) this.tell(ENGINE_NOTICES.usualForms);
        return;
      } catch (error) {
        if (signal.aborted || error instanceof NoDeviceError) {
          this.losses--; // none was opened that could be lost
          throw signal.aborted ? last : new DeviceLostError(ENGINE_NOTICES.noReturn(last.message), { cause: error });
        }
        if (!(error instanceof DeviceLostError)) throw error;
        last = error;
      }
    }
    this.losses = 0; // whoever asks again may have closed what used it
    throw new DeviceLostError(ENGINE_NOTICES.lostOften(MAX_LOSSES), { cause: last });
  }

  /** What is disposed of meanwhile is not made again: nobody would dispose of it there. */
  private async rebuildAll(): Promise<void> {
    for (const kept of [this.images, this.dependants])
      for (const each of [...kept]) if (kept.has(each)) await each.rebuild(this.engine);
  }

  private openAfter({ message }: DeviceLostError, signal: AbortSignal): Promise<Engine> {
    const { open, wait } = this;
    return openPatiently({ open, wait, signal, onWait: () => this.tellWait(ENGINE_NOTICES.waits(message)) });
  }
}
