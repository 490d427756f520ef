/** Trains all populations of a study side by side and reports every run as it goes. */
import { learningRateAt } from '../copra/learning-rate.ts';
import { allGates } from '../core/adapter-layout.ts';
import { adapterBaseOf } from '../model/peft/base.ts';
import type { Trainer } from '../engine/engine.ts';
import { scoreVariants, withEvaluator, type StudyContext, type TrainedRun } from './context.ts';
import { createGpuMeter } from './gpu-meter.ts';
import { createBatchSource, type Patchified } from './images.ts';
import type { PlannedPopulation, PlannedRun } from './populations.ts';
import type { RunResult } from './result.ts';
import { StepsInFlight } from './steps-in-flight.ts';
import { TapeRecorder } from './tape.ts';
import { trainerSpec } from './trainer-spec.ts';

/** Points of a loss curve. */
const CURVE_POINTS = 200;
const REPORT_SECONDS = 0.25;
/** Training steps under way at once: one on the device, one in its queue, one in preparation. */
const STEPS_IN_FLIGHT = 3;

/** A run while it is trained. */
class LiveRun {
  private readonly lossSteps: number[] = [];
  private readonly losses: number[] = [];
  private readonly validation: { step: number; accuracy: number; loss: number }[] = [];
  private windowSum = 0;
  private windowCount = 0;
  private sentSteps = 0;
  private steps = 0;
  private test: RunResult['test'] = null;
  readonly tape: TapeRecorder;

  constructor(
    readonly planned: PlannedRun,
    private readonly context: StudyContext,
    players: number,
  ) {
    this.tape = new TapeRecorder(context.config.training, players);
  }

  record(loss: number, players: Uint8Array): void {
    const { steps: total } = this.context.config.training;
    const window = Math.ceil(total / CURVE_POINTS);
    this.steps++;
    this.tape.push(players);
    this.windowSum += loss;
    this.windowCount++;
    if (this.windowCount < window && this.steps < total) return;
    this.lossSteps.push(this.steps);
    this.losses.push(this.windowSum / this.windowCount);
    this.windowSum = 0;
    this.windowCount = 0;
  }

  addValidation(accuracy: number, loss: number): void {
    this.validation.push({ step: this.steps, accuracy, loss });
  }

  /** Sends curves and the new part of the tape. */
  report(): void {
    const { arm, seed } = this.planned;
    const { emit } = this.context;
    emit({ type: 'run', run: this.result(null) });
    const gates = this.tape.since(this.sentSteps);
    if (gates.length > 0)
      emit({ type: 'gates', arm: arm.id, seed, fromStep: this.sentSteps, gates, players: this.tape.players });
    this.sentSteps = this.steps;
  }

  /** The run is over: its whole tape goes with it. */
  finish(test: RunResult['test'] = this.test): void {
    this.test = test;
    this.context.emit({ type: 'run', run: this.result(this.tape.packed()) });
  }

  private result(gates: string | null): RunResult {
    const { arm, seed } = this.planned;
    return {
      arm: arm.id,
      seed,
      lossSteps: [...this.lossSteps],
      losses: [...this.losses],
      validation: [...this.validation],
      gates,
      steps: this.steps,
      test: this.test,
    };
  }
}

interface LivePopulation {
  readonly plan: PlannedPopulation;
  readonly trainer: Trainer;
  readonly runs: readonly LiveRun[];
  /** For every run, the index of its seed among the study's seeds. */
  readonly sourceOfRun: readonly number[];
}

function openPopulation(context: StudyContext, plan: PlannedPopulation): LivePopulation {
  const { config, engine, objective } = context;
  return {
    plan,
    trainer: engine.createTrainer(trainerSpec(objective, plan)),
    runs: plan.runs.map((run) => new LiveRun(run, context, plan.layout.players.length)),
    sourceOfRun: plan.runs.map((run) => config.seeds.indexOf(run.seed)),
  };
}

async function stepPopulation(
  context: StudyContext,
  population: LivePopulation,
  batches: readonly Patchified[],
  step: number,
) {
  const { training } = context.config;
  const { plan, trainer, runs, sourceOfRun } = population;
  const gates = plan.runs.map((run) => run.gates(step));
  const result = await trainer.step({
    patches: concat(batches.map((batch) => batch.patches)),
    labels: Int32Array.from(batches.flatMap((batch) => [...batch.labels])),
    sourceOfRun,
    gates: Uint8Array.from(gates.flatMap(({ pairs }) => [...pairs])),
    learningRates: Float32Array.from(plan.runs, ({ arm }) =>
      learningRateAt(step, {
        peak: arm.learningRate,
        schedule: training.learningRateSchedule,
        totalSteps: training.steps,
        warmupSteps: training.warmupSteps,
      }),
    ),
  });
  runs.forEach((run, i) => run.record(result.loss[i], gates[i].players));
}

function concat(arrays: readonly Float32Array[]): Float32Array {
  if (arrays.length === 1) return arrays[0];
  const out = new Float32Array(arrays.reduce((sum, array) => sum + array.length, 0));
  let offset = 0;
  for (const array of arrays) {
    out.set(array, offset);
    offset += array.length;
  }
  return out;
}

async function validate(context: StudyContext, { plan, trainer, runs }: LivePopulation): Promise<void> {
  const { validation } = context;
  if (validation.count === 0) return;
  const adapters = await trainer.adapters();
  const gates = allGates(plan.layout);
  await withEvaluator(context, plan.layout, plan.scale, validation, async (evaluator, set) => {
    const variants = adapters.map((adapter) => ({ adapter, gates }));
    const { accuracy, loss } = await scoreVariants(context, evaluator, set, validation.labels, variants);
    runs.forEach((run, i) => run.addValidation(accuracy[i], loss[i]));
  });
}

/** The trained runs, with their test accuracy measured on the way out. */
export async function trainRuns(context: StudyContext, plans: readonly PlannedPopulation[]): Promise<TrainedRun[]> {
  const { config, clock, emit, checkpoint, task, model } = context;
  const { training, seeds } = config;
  const sources = seeds.map((seed) => createBatchSource(task, model, training, seed));
  const populations = plans.map((plan) => openPopulation(context, plan));
  const runCount = populations.reduce((sum, { runs }) => sum + runs.length, 0);
  const flight = new StepsInFlight(STEPS_IN_FLIGHT);
  const meter = createGpuMeter(context, () => clock.seconds);
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
      imagesPerSecond: clock.rate(step * training.batchSize * runCount),
      remainingSeconds: clock.remainingSeconds,
    });
  };
  try {
    for (let step = 0; step < training.steps; step++) {
      await checkpoint();
      const batches = sources.map((source) => source(step));
      const advance = async () => {
        await Promise.all(populations.map((population) => stepPopulation(context, population, batches, step)));
      };
      if (meter?.isDue(step)) {
        await flight.settle();
        await meter.measure(advance, step);
      } else {
        await flight.add(advance());
      }
      const done = step + 1;
      const validates = done % training.validateEvery === 0 || done === training.steps;
      if (validates || context.isPaused()) await flight.settle();
      if (validates) for (const population of populations) await validate(context, population);
      report(done, done === training.steps);
    }
    return await finish(context, populations);
  } catch (error) {
    await flight.settle().catch(() => {}); // the first failure is the one to report
    // Also when stopped, curves, tape and test of what was done stay with the result.
    for (const { runs } of populations) for (const run of runs) run.finish();
    throw error;
  } finally {
    populations.forEach(({ trainer }) => trainer.dispose());
  }
}

async function finish(context: StudyContext, populations: readonly LivePopulation[]): Promise<TrainedRun[]> {
  const { test } = context;
  const trained: TrainedRun[] = [];
  const base = adapterBaseOf(context.model.backbone, context.model.config);
  for (const { plan, trainer, runs } of populations) {
    const adapters = await trainer.adapters();
    const gates = allGates(plan.layout);
    await withEvaluator(context, plan.layout, plan.scale, test, async (evaluator, set) => {
      const variants = adapters.map((adapter) => ({ adapter, gates }));
      const { accuracy, loss } = await scoreVariants(context, evaluator, set, test.labels, variants);
      runs.forEach((run, i) => {
        run.finish({ accuracy: accuracy[i], loss: loss[i] });
        const { arm, seed } = run.planned;
        const { layout, scale } = plan;
        trained.push({ arm, seed, layout, scale, adapter: adapters[i] });
        const gates = { steps: context.config.training.steps, activeSteps: run.tape.activeSteps() };
        const adapter = { arm: arm.id, seed, layout, scale, values: Float32Array.from(adapters[i]), gates, base };
        context.emit({ type: 'adapter', adapter });
      });
    });
  }
  return trained;
}
