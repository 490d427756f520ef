/** Trains all populations of a study side by side and reports every run as it goes. */
import { counted } from '../../core/counted.ts';
import { allGates } from '../../core/adapter-layout.ts';
import { adapterBaseOf } from '../../model/peft/base.ts';
import type { Trainer } from '../../engine/engine.ts';
import { checkFits, type PopulationState } from '../checkpoint/checkpoint.ts';
import { scoreVariants, withEvaluator, type StudyContext, type TrainedRun } from './context.ts';
import { keepPredictions } from '../predictions/keep.ts';
import type { Prediction } from '../predictions/result.ts';
import { glimpse } from './glimpse.ts';
import { createGpuMeter } from './gpu-step.ts';
import { trainingPixels } from './images.ts';
import { LiveRun } from './live-run.ts';
import type { PlannedPopulation, PlannedRun } from './populations.ts';
import { imagesOfSteps, type ImagesOf } from './step-images.ts';
import { stepInputs } from './step-inputs.ts';
import { referenceArm, takingOf, type Taking } from './taking.ts';
import { planSnapshots, SNAPSHOT_BYTES, trajectorySteps, wantedSnapshots } from './snapshots.ts';
import { StepsInFlight } from './steps-in-flight.ts';
import { completeArm } from '../config/config.ts';
import { trainerSpec } from './trainer-spec.ts';
import { validationInterval } from './validation.ts';

const REPORT_SECONDS = 0.25;
/** Training steps in flight: one on the device, one in its queue, one in preparation. */
const STEPS_IN_FLIGHT = 3;

interface LivePopulation {
  readonly plan: PlannedPopulation;
  readonly trainer: Trainer;
  readonly runs: readonly LiveRun[];
  /** The trainings' seeds as indices among the trained seeds, without duplicates: the batches that this population sees. */
  readonly sources: readonly number[];
  /** For every training, which of `sources` it sees. */
  readonly sourceOfRun: readonly number[];
  /** Per run, which of its adapters stands for it. */
  readonly takings: readonly Taking[];
  /** Adapters of all trainings at earlier steps. */
  readonly snapshots: { readonly step: number; readonly adapters: readonly Float32Array[] }[];
}

function openPopulation(
  context: StudyContext,
  plan: PlannedPopulation,
  trained: readonly number[],
  steps: readonly number[],
  takings: readonly Taking[],
): LivePopulation {
  const { engine, objective } = context;
  const seeds = plan.trainings.map((run) => trained.indexOf(run.seed));
  const sources = [...new Set(seeds)].sort((a, b) => a - b);
  const spec = trainerSpec(objective, plan);
  return {
    plan,
    trainer: engine.createTrainer(spec),
    runs: plan.runs.map((run) => new LiveRun(run, context, plan.layout.players.length)),
    sources,
    sourceOfRun: seeds.map((seed) => sources.indexOf(seed)),
    takings,
    snapshots: steps.includes(0) ? [{ step: 0, adapters: spec.initial }] : [],
  };
}

/** [populations][runs]: how the adapter of every run is taken. */
function takingsOf({ config }: StudyContext, plans: readonly PlannedPopulation[]): Taking[][] {
  const { arms, training } = config;
  const all = plans.flatMap(({ runs }) => runs);
  const bytes = plans
    .map(({ layout, runs }) => 4 * layout.size * runs.filter(({ arm }) => completeArm(arm).take === 'loss').length)
    .reduce((a, b) => a + b, 0);
  return plans.map(({ runs }) =>
    runs.map((run) => {
      const other = referenceArm(arms, run.arm);
      const reference = all.find(({ arm, seed }) => arm.id === other?.id && seed === run.seed) ?? null;
      return takingOf(run, reference, training.steps, bytes);
    }),
  );
}

/** Lets every run keep its adapter of this step, if it wants it. */
async function keepAdapters(flight: StepsInFlight, populations: readonly LivePopulation[], done: number) {
  for (const { plan, trainer, runs, takings } of populations) {
    if (!takings.some(({ steps }) => steps.has(done))) continue;
    if (takings.some(({ readsLoss }) => readsLoss)) await flight.settle();
    const adapters = await trainer.adapters();
    takings.forEach((taking, i) => {
      if (taking.steps.has(done)) taking.keep(done, adapters[plan.trainingOf[i]], runs[i].curve);
    });
  }
}

async function stepPopulation(context: StudyContext, population: LivePopulation, imagesOf: ImagesOf, step: number) {
  const { training } = context.config;
  const { plan, trainer, runs, sources, sourceOfRun } = population;
  const { gates, batch } = stepInputs(plan.trainings, step, training);
  const result = await trainer.step({
    ...batch,
    ...imagesOf(sources),
    sourceOfRun,
  });
  runs.forEach((run, i) => {
    const training = plan.trainingOf[i];
    run.record(result.loss[training], gates[training].players);
  });
}

/** The steps whose adapters are kept. Reports when there are fewer than requested. */
function snapshotSteps({ config, emit }: StudyContext, plans: readonly PlannedPopulation[]): readonly number[] {
  const bytes = 4 * plans.reduce((sum, { layout, trainings }) => sum + layout.size * trainings.length, 0);
  const { steps, perRun, untested } = planSnapshots(config, bytes);
  const wanted = wantedSnapshots(config);
  if (perRun < wanted && trajectorySteps(config, wanted).length > 0)
    emit({
      type: 'notice',
      message: `Of every run ${perRun} instead of ${counted(wanted, 'adapter')} are kept on the way: all runs together may take ${SNAPSHOT_BYTES / 2 ** 20} MB for them.`,
    });
  if (untested > 0)
    emit({
      type: 'notice',
      message: `Along training every run is tested at ${counted(untested, 'step')} fewer than asked for: the adapters of all runs together may take ${SNAPSHOT_BYTES / 2 ** 20} MB.`,
    });
  return steps;
}

/** Validation is part of its step, so a single step shows its effect. */
async function validate(
  study: StudyContext,
  { plan, runs }: LivePopulation,
  adapters: readonly Float32Array[],
): Promise<void> {
  const { validation } = study;
  if (validation.count === 0) return;
  const context = { ...study, checkpoint: study.breathe };
  const gates = allGates(plan.layout);
  await withEvaluator(context, plan.layout, plan.scale, validation, async (evaluator, set) => {
    const variants = adapters.map((adapter) => ({ adapter, gates }));
    const { accuracy, loss } = await scoreVariants(context, evaluator, set, validation.labels, variants);
    runs.forEach((run, i) => {
      const training = plan.trainingOf[i];
      run.addValidation(accuracy[training], loss[training]);
    });
  });
}

/** Validates all populations, and lets a reader look at them when it is time. @param step that was done */
async function pauseToLook(
  context: StudyContext,
  populations: readonly LivePopulation[],
  seeds: readonly number[],
  step: number,
): Promise<void> {
  const { glimpses, emit, config } = context;
  const validations = Math.ceil(step / validationInterval(config.training));
  const looks = glimpses && validations % glimpses.every === 0 ? glimpses : null;
  const seen: Awaited<ReturnType<typeof glimpse>>[] = [];
  for (const population of populations) {
    const adapters = await population.trainer.adapters();
    await validate(context, population, adapters);
    if (looks) seen.push(await glimpse(context, looks, population, adapters, seeds));
  }
  const [answers, paths] = [seen.flatMap((one) => one.answers), seen.flatMap((one) => one.paths)];
  if (looks) emit({ type: 'glimpse', glimpse: { step, answers, paths, images: looks.images.count } });
}

async function savePopulation({ trainer, runs, takings }: LivePopulation): Promise<PopulationState> {
  const kept = takings.map((taking) => taking.kept);
  return {
    trainer: await trainer.save(),
    runs: runs.map((run, i) => ({
      ...run.save(),
      ...(kept[i].steps.length > 0 && { keptSteps: [...kept[i].steps] }),
    })),
    kept: kept.map(({ adapters }) => adapters),
  };
}

/** Restores the checkpoint, if there is one. Returns the first step to run. */
function goOn({ resume }: StudyContext, populations: readonly LivePopulation[]): number {
  if (!resume) return 0;
  populations.forEach(({ trainer, runs, takings }, p) => {
    trainer.restore(resume.trainers[p]);
    runs.forEach((run, r) => {
      const state = resume.head.runs[p][r];
      run.restore(state);
      takings[r].restore({ steps: state.keptSteps ?? [], adapters: resume.kept?.[p][r] ?? [] });
    });
  });
  return resume.head.step;
}

/** Trains the runs and measures their test accuracy; diverged runs are left out. */
export async function trainRuns(context: StudyContext, plans: readonly PlannedPopulation[]): Promise<TrainedRun[]> {
  const { config, clock, emit, checkpoint, task, model } = context;
  const { training } = config;
  const seeds = [...new Set(plans.flatMap(({ runs }) => runs.map(({ seed }) => seed)))];
  if (context.resume) checkFits(context.resume, plans);
  const interval = validationInterval(training);
  const held = context.engine.trainingImages(trainingPixels(task, model));
  const imagesOfStep = imagesOfSteps(context, seeds, held);
  const snapshots = snapshotSteps(context, plans);
  const takings = takingsOf(context, plans);
  const populations = plans.map((plan, p) => openPopulation(context, plan, seeds, snapshots, takings[p]));
  const trainingCount = plans.reduce((sum, { trainings }) => sum + trainings.length, 0);
  const flight = new StepsInFlight(STEPS_IN_FLIGHT);
  const meter = createGpuMeter(
    context.engine,
    () => clock.seconds,
    (gpuStep) => context.emit({ type: 'gpu-step', gpuStep }),
  );
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
  const save = async (step: number): Promise<void> => {
    await flight.settle();
    await context.keeper?.save(step, await Promise.all(populations.map(savePopulation)));
  };
  try {
    const first = goOn(context, populations);
    if (first > 0) report(first, true);
    if (snapshots.some((step) => step > 0 && step <= first))
      emit({
        type: 'notice',
        message: `Of the training up to step ${first} only the first adapters are known: those of the steps between went with the interruption, and what is shown of them is missing.`,
      });
    for (let step = first; step < training.steps; step++) {
      if (context.keeper?.isDue) await save(step);
      // Report on every pause or single step, however recent the last report.
      await checkpoint(async () => {
        await flight.settle();
        report(step, true);
      });
      const imagesOf = imagesOfStep(step);
      const advance = async () => {
        await Promise.all(populations.map((population) => stepPopulation(context, population, imagesOf, step)));
      };
      if (meter?.isDue(step)) {
        await flight.settle();
        await meter.measure(advance, step);
      } else {
        await flight.add(advance());
      }
      const done = step + 1;
      const validates = done % interval === 0 || done === training.steps;
      if (validates) {
        await flight.settle();
        await pauseToLook(context, populations, seeds, done);
      }
      await keepAdapters(flight, populations, done);
      if (snapshots.includes(done))
        for (const { trainer, snapshots: kept } of populations)
          kept.push({ step: done, adapters: await trainer.adapters() });
      report(done, done === training.steps);
      if (populations.every(({ runs }) => runs.every(({ hasDiverged }) => hasDiverged)))
        return await finish(context, populations);
    }
    await save(training.steps);
    return await finish(context, populations);
  } catch (error) {
    await flight.settle().catch(() => {}); // Report the first failure.
    // Even when stopped, the result keeps curves, tape and test of the completed steps.
    for (const { runs } of populations) for (const run of runs) run.finish();
    throw error;
  } finally {
    populations.forEach(({ trainer }) => trainer.dispose());
    held?.dispose();
  }
}

async function finish(context: StudyContext, populations: readonly LivePopulation[]): Promise<TrainedRun[]> {
  const { test } = context;
  const trained: TrainedRun[] = [];
  const { backbone, config } = context.model;
  const base = adapterBaseOf(backbone, config, false);
  const doraBase = populations.some(({ plan }) => plan.layout.dora) ? adapterBaseOf(backbone, config, true) : base;
  /** Losses of the run that this one is held against; null if it has diverged. */
  const referenceOf = ({ arm, seed }: PlannedRun) => {
    const other = referenceArm(context.config.arms, arm);
    const reference = populations
      .flatMap(({ runs }) => runs)
      .find(({ planned }) => planned.arm.id === other?.id && planned.seed === seed);
    return reference && !reference.hasDiverged ? reference.curve : null;
  };
  for (const { plan, trainer, runs, takings, snapshots: kept } of populations) {
    const last = await trainer.adapters();
    const { trainingOf } = plan;
    const taken = runs.map((run, i) => takings[i].take(last[trainingOf[i]], run.curve, referenceOf(run.planned)));
    const adapters = taken.map(({ adapter }) => adapter);
    const gates = allGates(plan.layout);
    await withEvaluator(context, plan.layout, plan.scale, test, async (evaluator, set) => {
      const variants = adapters.map((adapter) => ({ adapter, gates }));
      const { accuracy, loss, correct, answersOf } = await scoreVariants(
        context,
        evaluator,
        set,
        test.labels,
        variants,
      );
      const predictions: Prediction[] = [];
      runs.forEach((run, i) => {
        // No loss covers the last update, which may have diverged.
        if (!Number.isFinite(loss[i]) || !adapters[i].every(Number.isFinite)) run.diverge();
        if (run.hasDiverged) {
          run.finish(null);
          return;
        }
        const { step } = taken[i];
        run.finish({ accuracy: accuracy[i], loss: loss[i], correct: correct[i] }, step);
        const { arm, seed } = run.planned;
        predictions.push({ of: 'run', arm: arm.id, seeds: [seed], name: '', answers: answersOf(i) });
        const { layout, scale } = plan;
        const snapshots = kept
          .filter((snapshot) => step === null || snapshot.step < step)
          .map((snapshot) => ({ step: snapshot.step, adapter: snapshot.adapters[trainingOf[i]] }));
        trained.push({ arm, seed, layout, scale, adapter: adapters[i], snapshots });
        const steps = step ?? context.config.training.steps;
        const gates = { steps, activeSteps: run.tape.activeSteps(step ?? undefined) };
        context.emit({
          type: 'adapter',
          adapter: {
            arm: arm.id,
            seed,
            layout,
            scale,
            values: Float32Array.from(adapters[i]),
            gates,
            base: layout.dora ? doraBase : base,
          },
        });
      });
      keepPredictions(context, predictions);
    });
  }
  return trained;
}
