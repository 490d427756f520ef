/**
 * An engine that survives the loss of its device: it opens a new one, uploads the backbone, brings every trainer back to its last
 * checkpoint, repeats the steps since, and repeats the request that failed. Training is a function of
 * its batches, so a recovered run is the run. Where the memory ends, a trainer repeats its steps with less at a time.
 */
import type { Backbone } from '../../model/backbone.ts';
import { pause } from '../../platform/pause.ts';
import type { KernelChoice } from '../kernel-tuning.ts';
import type { Precision } from '../precision.ts';
import type {
  Engine,
  EngineInfo,
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
import { presentImages, RecoveringImages } from './recovering-images.ts';
import { RecoveringEvaluator } from './recovering-evaluator.ts';
import { RecoveringTrainer } from './recovering-trainer.ts';
import { batchSizeOf, persist, type Rebuilt, type Recovery } from './recovery.ts';
import { ENGINE_NOTICES } from '../words.ts';

/** Losses in a row after which a device is not opened again: none of the work between them succeeded. */
const MAX_LOSSES = 5;
/** Milliseconds between attempts to open a device where there is none yet: two minutes in all, for which Chrome may refuse one after two losses. */
const WAITS = [250, 500, 1000, 2000, 4000, 8000, 16_000, 32_000, 56_250];
/** What can be given up of a step that found no memory is cut to this share. */
const CUT_SHARE = 3 / 4;

export class RecoveringEngine implements Engine, Recovery {
  engine: Engine;
  generation = 0;
  /** In a row. */
  private losses = 0;
  private isDisposed = false;
  private backbone: Backbone | null = null;
  private choice: KernelChoice = {};
  /** The device it was found on. */
  private chosenOn: EngineInfo | null = null;
  precision: Precision = 'f32';
  /** That of the backbone; another may have been chosen since. */
  private precisionOfBackbone: Precision = 'f32';
  recovering: Promise<void> | null = null;
  /** What trainings on this backbone may take since one of them found no more. */
  private foundBytes = Infinity;
  private readonly dependants = new Set<Rebuilt>();
  /** Rebuilt before the trainers, which repeat steps on them. */
  private readonly images = new Set<Rebuilt>();

  /**
   * @param open opens a device like the first one
   * @param tell called with a sentence for the user after every recovery, while none is possible, and when steps are cut smaller
   * @param wait waits for so many milliseconds
   */
  constructor(
    first: Engine,
    private readonly open: () => Promise<Engine>,
    readonly tell: (message: string) => void,
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
        choose: (choice) => this.choose(choice),
        tune: (steps, ...rest) =>
          tuner.tune({ ...steps, images: steps.images && presentImages(steps.images) }, ...rest),
      }
    );
  }
  private choose(choice: KernelChoice): void {
    this.choice = choice;
    this.chosenOn = this.info;
    this.engine.tuner?.choose(choice);
  }

  choosePrecision(precision: Precision): void {
    this.engine.choosePrecision(precision);
    this.precision = precision;
  }

  load(backbone: Backbone): void {
    this.backbone = backbone;
    this.precisionOfBackbone = this.precision;
    this.foundBytes = Infinity; // other programs may use less by now
    this.engine.load(backbone);
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
    const { sourceOfRun, branchFactors } = batch;
    const planned = (foundBytes: number) =>
      this.engine.planMemory(spec, batchSizeOf(batch), {
        sourceOfRun,
        hasBranchFactors: !!branchFactors,
        chosenBytes: Infinity, // what was found counts, whatever was allowed
        foundBytes,
      });
    const { given, memory: least } = planned(0);
    if (given.total <= least.total) return null;
    const room = least.total + CUT_SHARE * (given.total - least.total);
    this.foundBytes = Math.min(this.foundBytes, room);
    return planned(room).plan;
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

  memoryBytes(): number {
    return this.engine.memoryBytes();
  }

  dispose(): void {
    this.isDisposed = true;
    this.engine.dispose();
  }

  recover(generation: number, cause: DeviceLostError): Promise<void> {
    if (!this.recovering && generation === this.generation)
      this.recovering = this.reopen(cause).finally(() => (this.recovering = null));
    return this.recovering ?? Promise.resolve();
  }

  succeeded(): void {
    this.losses = 0;
  }

  private async reopen(cause: DeviceLostError): Promise<void> {
    const { info } = this;
    let last = cause;
    while (this.losses < MAX_LOSSES) {
      this.losses++;
      this.generation++;
      try {
        const { engine: lost } = this;
        lost.dispose();
        this.engine = await this.openPatiently(last);
        if (!isAlike(lost.info, this.info)) this.foundBytes = Infinity;
        // Forms are proven on one device.
        this.engine.tuner?.choose(this.chosenOn && isAlike(this.chosenOn, this.info) ? this.choice : {});
        this.engine.choosePrecision(this.precisionOfBackbone);
        if (this.backbone) this.engine.load(this.backbone);
        this.engine.choosePrecision(this.precision);
        for (const dependant of [...this.images, ...this.dependants]) await dependant.rebuild(this.engine);
        this.tell(
          isAlike(info, this.info)
            ? ENGINE_NOTICES.recovered(last.message)
            : ENGINE_NOTICES.recoveredElsewhere(last.message, info.device, this.info.device, this.info.software),
        );
        return;
      } catch (error) {
        if (error instanceof NoDeviceError)
          throw new DeviceLostError(ENGINE_NOTICES.noReturn(last.message), { cause: error });
        if (!(error instanceof DeviceLostError)) throw error;
        last = error;
      }
    }
    this.losses = 0; // whoever asks again may have closed what used it
    throw new DeviceLostError(ENGINE_NOTICES.lostOften(MAX_LOSSES), { cause: last });
  }

  /** A new device, for which it waits where there is none yet. @throws NoDeviceError when none comes */
  private async openPatiently({ message }: DeviceLostError): Promise<Engine> {
    for (const [i, milliseconds] of WAITS.entries()) {
      try {
        return await this.openWanted();
      } catch (error) {
        if (!(error instanceof NoDeviceError)) throw error;
        if (i === 0) this.tell(ENGINE_NOTICES.waits(message));
        await this.wait(milliseconds);
        if (this.isDisposed) throw error;
      }
    }
    return this.openWanted();
  }

  /** @throws NoDeviceError also when nobody wants it any more */
  private async openWanted(): Promise<Engine> {
    const engine = await this.open();
    if (!this.isDisposed) return engine;
    engine.dispose();
    throw new NoDeviceError(ENGINE_NOTICES.noAnswer);
  }
}

/** Whether it is the same device, as far as it tells its name. */
const isAlike = (one: EngineInfo, other: EngineInfo): boolean =>
  one.device === other.device && one.software === other.software;
