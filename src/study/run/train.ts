/** Trains all populations of a study side by side and reports every run as it goes. */
import type { TrainBatch, TrainingImages, TuningWork } from '../../engine/engine.ts';
import { checkFits } from '../checkpoint/checkpoint.ts';
import type { StudyContext, TrainedRun } from './context.ts';
import { StudyStopped } from './control.ts';
import { createGpuMeter } from './gpu-step.ts';
import { trainingPixels } from './images.ts';
import {
  haveDiverged,
  keepAdapters,
  openPopulation,
  restorePopulations,
  savePopulation,
  stepPopulation,
  type LivePopulation,
} from './live-population.ts';
import { testPopulations, validatePopulations } from './population-scores.ts';
import type { FittedTraining } from './memory.ts';
import type { PlannedPopulation } from './populations.ts';
import { imagesOfSteps } from './step-images.ts';
import { stepInputs } from './step-inputs.ts';
import { mostInFlight, StepsInFlight } from './steps-in-flight.ts';
import { takingsOf } from './taking.ts';
import { validationInterval } from './validation.ts';
import { STUDY_NOTICES } from './words.ts';

const REPORT_SECONDS = 0.25;
/** Steps before other forms of kernels are tried, */
const TUNED_FROM = 8;
/** and milliseconds between two steps that they may take. */
const TUNING_SLICE = 60;

/**
 * Looks for faster kernels for the steps of the largest population; null where nobody keeps what is found.
 * @param drawn the images of a source, as its steps get them; null: made-up ones will do
 */
function tuningOf(
  { kernels, config }: StudyContext,
  plans: readonly PlannedPopulation[],
  fitted: readonly FittedTraining[],
  drawn: TrainBatch['patches'] | null,
): TuningWork | null {
  const sizes = plans.map(({ trainings }) => trainings.length);
  const largest = sizes.indexOf(Math.max(...sizes));
  const { batch } = stepInputs(plans[largest].trainings, 0, config.training);
  return kernels.tune({
    spec: fitted[largest].spec,
    batchSize: config.training.batchSize,
    example: batch,
    images: drawn instanceof Float32Array ? undefined : (drawn ?? undefined),
  });
}

/**
 * Trains the runs and measures their test accuracy; diverged runs are left out.
 * @param fitted the trainings of the plans, as the memory allows. @param snapshots steps at which adapters are copied
 */
export async function trainRuns(
  context: StudyContext,
  plans: readonly PlannedPopulation[],
  fitted: readonly FittedTraining[],
  snapshots: readonly number[],
): Promise<TrainedRun[]> {
  const { config, engine, task, model } = context;
  const seeds = [...new Set(plans.flatMap(({ runs }) => runs.map(({ seed }) => seed)))];
  if (context.resume) checkFits(context.resume, plans);
  const takings = takingsOf(config, plans);
  const held = engine.trainingImages(trainingPixels(task, model));
  const populations: LivePopulation[] = [];
  try {
    // The last may find no memory beside the others, which must not stay then.
    for (const [p, plan] of plans.entries())
      populations.push(openPopulation(context, plan, fitted[p].spec, seeds, snapshots, takings[p]));
    return await trainPopulations(context, { populations, fitted, seeds, snapshots, held });
  } finally {
    populations.forEach(({ trainer }) => trainer.dispose());
    held?.dispose();
  }
}

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

async function trainPopulations(
  context: StudyContext,
  { populations, fitted, seeds, snapshots, held }: OpenPopulations,
): Promise<TrainedRun[]> {
  const { config, clock, emit, checkpoint } = context;
  const { training } = config;
  const plans = populations.map(({ plan }) => plan);
  const interval = validationInterval(training);
  const imagesOfStep = imagesOfSteps(context, seeds, held);
  const trainingCount = plans.reduce((sum, { trainings }) => sum + trainings.length, 0);
  const flight = new StepsInFlight(mostInFlight(context.engine.info), () => context.engine.bringResults());
  const meter = createGpuMeter(
    context.engine,
    () => clock.seconds,
    (gpuStep) => context.emit({ type: 'gpu-step', gpuStep }),
  );
  const tuning = tuningOf(context, plans, fitted, held && imagesOfStep(0)([0]).patches);
  let isTuned = tuning === null;
  let reported = -Infinity;
  const report = (step: number, force: boolean): void => {
    clock.advance('train', step / training.steps);
    if (!force && clock.seconds - reported < REPORT_SECONDS) return;
    reported = clock.seconds;
    populations.forEach(({ runs }) => runs.forEach((run) => run.report()));
    emit({
      type: 'progress',
      phase: 'train',
      done: step,
      total: training.steps,
      imagesPerSecond: clock.rate(step * training.batchSize * trainingCount),
      remainingSeconds: clock.remainingSeconds,
    });
  };
  /** Steps that are trained, and those of the last checkpoint. */
  let reached = 0;
  let saved = 0;
  const save = async (): Promise<void> => {
    await flight.settle();
    saved = reached;
    await context.keeper?.save(reached, await Promise.all(populations.map(savePopulation)));
  };
  // Steps after which no run is left to train. Later ones may be in flight already: they leave no trace, so that a result does not depend on how many there are.
  let end = Infinity;
  const endIfDiverged = (done: number): void => {
    if (haveDiverged(populations)) end = Math.min(end, done);
  };
  const validate = async (done: number): Promise<void> => {
    if (done % interval !== 0 && done !== training.steps) return;
    await flight.settle();
    await validatePopulations(context, populations, seeds, done);
    endIfDiverged(done);
  };
  try {
    const first = restorePopulations(context, populations);
    reached = saved = first;
    endIfDiverged(first);
    if (first > 0) {
      report(first, true);
      // It may have been stopped in its validation.
      if (populations.some(({ runs }) => !runs.every((run) => run.isValidated))) await validate(first);
    }
    if (snapshots.some((step) => step > 0 && step <= first))
      emit({
        type: 'notice',
        message: STUDY_NOTICES.interrupted(first),
      });
    for (let step = first; step < Math.min(training.steps, end); step++) {
      if (context.keeper?.isDue) await save();
      // Report on every pause or single step, however recent the last report.
      await checkpoint(async () => {
        await flight.settle();
        report(step, true);
        if (context.keeper?.isDueAtPause) await save();
      });
      const imagesOf = imagesOfStep(step);
      const train = async (population: LivePopulation, readsLater: boolean) => {
        const record = await stepPopulation(context, population, imagesOf, step, readsLater);
        if (step >= end) return;
        record();
        endIfDiverged(step + 1);
      };
      // Populations are read with the last of them.
      const advance = async (readsLater = false) => {
        await Promise.all(populations.map((one, p) => train(one, readsLater || p < populations.length - 1)));
      };
      if (meter.isDue(step)) {
        await flight.settle();
        await meter.measure(() => advance(), step);
      } else {
        await flight.add(advance);
      }
      // The device is left with nothing else to do only for what is measured on it.
      if (!isTuned && tuning && !tuning.isWaiting && step >= first + TUNED_FROM) {
        await flight.settle();
        const { milliseconds } = flight;
        isTuned = await tuning.slice(TUNING_SLICE, { milliseconds, count: training.steps });
      }
      const done = step + 1;
      await keepAdapters(flight, populations, done);
      if (snapshots.includes(done))
        for (const { trainer, snapshots: kept } of populations)
          kept.push({ step: done, adapters: await trainer.adapters() });
      reached = done;
      await validate(done);
      report(done, done === training.steps);
    }
    await flight.settle();
    if (end < Infinity) return await testPopulations(context, populations);
    await save();
    return await testPopulations(context, populations);
  } catch (error) {
    await flight.settle().catch(() => {}); // Report the first failure.
    // Whoever stops a study may resume it at the step where it stopped.
    if (error instanceof StudyStopped && reached > saved && end === Infinity) await save().catch(() => {});
    // Even when stopped, the result keeps curves, tape and test of the completed steps.
    for (const { runs } of populations) for (const run of runs) run.finish();
    throw error;
  } finally {
    tuning?.end();
  }
}
