/** Trains the open populations of a study step by step, and looks after the device, the checkpoints, the validations and the reader meanwhile. */
import type { TrainBatch, TrainingImages, TuningWork } from '../../../engine/engine.ts';
import type { StudyContext, TrainedRun } from '../context.ts';
import { StudyStopped } from '../control.ts';
import { createGpuMeter, type GpuMeter } from './gpu-step.ts';
import {
  haveDiverged,
  keepAdapters,
  keepSnapshots,
  restorePopulations,
  savePopulation,
  stepPopulation,
  type LivePopulation,
} from './live-population.ts';
import type { FittedTraining } from '../memory.ts';
import { testPopulations, validatePopulations } from './population-scores.ts';
import { imagesOfSteps, type ImagesOfStep } from './step-images.ts';
import { populationInputs } from './population-inputs.ts';
import { mostInFlight, StepsInFlight } from './steps-in-flight.ts';
import { validationInterval } from './validation.ts';
import { STUDY_NOTICES } from '../words.ts';

const REPORT_SECONDS = 0.25;
/** Steps before other forms of kernels are tried, */
const TUNED_FROM = 8;
/** and milliseconds between two steps that they may take. */
const TUNING_SLICE = 60;

/** Populations that are open at the same time. */
interface OpenPopulations {
  readonly populations: readonly LivePopulation[];
  readonly fitted: readonly FittedTraining[];
  /** Of all runs. */
  readonly seeds: readonly number[];
  /** Steps at which adapters are copied. */
  readonly snapshots: readonly number[];
  /** The training images, where the device holds them. */
  readonly held: TrainingImages | null;
}

export class TrainingLoop {
  private readonly imagesOfStep: ImagesOfStep;
  private readonly flight: StepsInFlight;
  private readonly meter: GpuMeter;
  /** Null: nothing is tuned, or no more. */
  private tuning: TuningWork | null;
  /** Seconds of the study. */
  private reported = -Infinity;
  /** Steps that are trained, and those of the last checkpoint. */
  private reached = 0;
  private saved = 0;
  /** Steps after which no run is left to train. Later ones may be in flight already: they leave no trace, so that a result does not depend on how many there are. */
  private end = Infinity;

  constructor(
    private readonly context: StudyContext,
    private readonly open: OpenPopulations,
  ) {
    const { engine, clock, emit } = context;
    this.imagesOfStep = imagesOfSteps(context, open.seeds, open.held);
    this.flight = new StepsInFlight(mostInFlight(engine.info), () => engine.bringResults());
    this.meter = createGpuMeter(
      engine,
      () => clock.seconds,
      (gpuStep) => emit({ type: 'gpu-step', gpuStep }),
    );
    this.tuning = tuningOf(context, open, open.held && this.imagesOfStep(0)([0]).patches);
  }

  /** Trains and tests the runs. @throws StudyStopped when the study is stopped, after a checkpoint of the last step */
  async run(): Promise<TrainedRun[]> {
    const { context, open, flight, tuning } = this;
    const { steps } = context.config.training;
    try {
      const first = await this.begin();
      for (let step = first; step < Math.min(steps, this.end); step++) {
        await this.betweenSteps(step);
        await this.train(step);
        if (step >= first + TUNED_FROM) await this.tune();
        await this.finish(step + 1);
      }
      await flight.settle();
      if (this.end === Infinity) await this.save();
      return await testPopulations(context, open.populations);
    } catch (error) {
      await flight.settle().catch(() => {}); // Report the first failure.
      // Whoever stops a study may resume it at the step where it stopped.
      if (error instanceof StudyStopped && this.reached > this.saved && this.end === Infinity)
        await this.save().catch(() => {});
      // Even when stopped, the result keeps curves, tape and test of the completed steps.
      for (const { runs } of open.populations) for (const run of runs) run.finish();
      throw error;
    } finally {
      tuning?.end();
    }
  }

  /** Goes on from the checkpoint, if there is one. @returns the first step to train */
  private async begin(): Promise<number> {
    const { context, open } = this;
    const { populations, snapshots } = open;
    const first = restorePopulations(context, populations);
    this.reached = this.saved = first;
    this.endIfDiverged(first);
    if (first > 0) {
      this.report(first, true);
      // It may have been stopped in its validation.
      if (populations.some(({ runs }) => !runs.every((run) => run.isValidated))) await this.validateIfDue(first);
    }
    if (snapshots.some((step) => step > 0 && step <= first))
      context.emit({ type: 'notice', message: STUDY_NOTICES.interrupted(first) });
    return first;
  }

  /** Between two steps the study is saved, pauses and stops. */
  private async betweenSteps(step: number): Promise<void> {
    const { keeper, checkpoint } = this.context;
    if (keeper?.isDue) await this.save();
    // Report on every pause or single step, however recent the last report.
    await checkpoint(async () => {
      await this.flight.settle();
      this.report(step, true);
      if (keeper?.isDueAtPause) await this.save();
    });
  }

  /** Starts a step of every population, and waits while too many are in flight. */
  private async train(step: number): Promise<void> {
    const { context, open, flight, meter } = this;
    const { populations } = open;
    const imagesOf = this.imagesOfStep(step);
    const trainOne = async (population: LivePopulation, readsLater: boolean): Promise<void> => {
      const record = await stepPopulation(context, population, imagesOf, step, readsLater);
      if (step >= this.end) return;
      record();
      this.endIfDiverged(step + 1);
    };
    // Populations are read with the last of them.
    const trainAll = async (readsLater = false): Promise<void> => {
      await Promise.all(populations.map((one, p) => trainOne(one, readsLater || p < populations.length - 1)));
    };
    if (!meter.isDue(step)) return flight.add(trainAll);
    await flight.settle();
    await meter.measure(() => trainAll(), step);
  }

  /** Tries other forms of kernels for a while: the device is left with nothing else to do only for what is measured on it. */
  private async tune(): Promise<void> {
    const { tuning, flight } = this;
    if (!tuning || tuning.isWaiting) return;
    await flight.settle();
    const { milliseconds } = flight;
    const isDone = await tuning.slice(TUNING_SLICE, { milliseconds, count: this.context.config.training.steps });
    if (isDone) this.tuning = null;
  }

  /** What is done with the adapters after so many steps. */
  private async finish(done: number): Promise<void> {
    const { populations, snapshots } = this.open;
    await keepAdapters(this.flight, populations, done);
    if (snapshots.includes(done)) await keepSnapshots(populations, done);
    this.reached = done;
    await this.validateIfDue(done);
    this.report(done, done === this.context.config.training.steps);
  }

  private async validateIfDue(done: number): Promise<void> {
    const { training } = this.context.config;
    if (done % validationInterval(training) !== 0 && done !== training.steps) return;
    const { populations, seeds } = this.open;
    await this.flight.settle();
    await validatePopulations(this.context, populations, seeds, done);
    this.endIfDiverged(done);
  }

  private endIfDiverged(done: number): void {
    if (haveDiverged(this.open.populations)) this.end = Math.min(this.end, done);
  }

  private async save(): Promise<void> {
    await this.flight.settle();
    this.saved = this.reached;
    await this.context.keeper?.save(this.reached, await Promise.all(this.open.populations.map(savePopulation)));
  }

  /** @param force however recent the last report is */
  private report(step: number, force: boolean): void {
    const { clock, config, emit } = this.context;
    const { steps, batchSize } = config.training;
    clock.advance('train', step / steps);
    if (!force && clock.seconds - this.reported < REPORT_SECONDS) return;
    this.reported = clock.seconds;
    const { populations } = this.open;
    for (const { runs } of populations) for (const run of runs) run.report();
    const trainings = populations.reduce((sum, { plan }) => sum + plan.trainings.length, 0);
    emit({
      type: 'progress',
      phase: 'train',
      done: step,
      total: steps,
      imagesPerSecond: clock.rate(step * batchSize * trainings),
      remainingSeconds: clock.remainingSeconds,
    });
  }
}

/**
 * Looks for faster kernels for the steps of the largest population; null where nobody keeps what is found.
 * @param drawn the images of a source, as its steps get them; null: made-up ones will do
 */
function tuningOf(
  { kernels, config }: StudyContext,
  { populations, fitted }: OpenPopulations,
  drawn: TrainBatch['patches'] | null,
): TuningWork | null {
  const sizes = populations.map(({ plan }) => plan.trainings.length);
  const largest = sizes.indexOf(Math.max(...sizes));
  const { batch } = populationInputs(populations[largest].plan.trainings, 0, config.training);
  return kernels.tune({
    spec: fitted[largest].spec,
    batchSize: config.training.batchSize,
    example: batch,
    images: drawn instanceof Float32Array ? undefined : (drawn ?? undefined),
  });
}
