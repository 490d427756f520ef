/** Runs a study: train → test → landscape → plane → distances → Shapley → pruning → merging → federated training → many tasks, as an async generator of events. The same code serves page and headless runner. */
import * as v from 'valibot';
import { allGates } from '../core/adapter-layout.ts';
import type { Engine, Objective } from '../engine/engine.ts';
import type { Task } from '../data/task.ts';
import type { LoadedBackbone } from '../model/load-backbone.ts';
import { runGeometry } from './analyses/geometry.ts';
import { pairsOfSeeds, runLandscape, type RunPair } from './analyses/landscape.ts';
import type { RunGroup } from './analyses/merging.ts';
import { runPlane } from './analyses/plane.ts';
import { runPruning } from './analyses/pruning.ts';
import { runShapley } from './analyses/shapley.ts';
import { StudyClock, studyWork, type WorkSizes } from './clock.ts';
import type { StudyCheckpoint } from './checkpoint.ts';
import { CheckpointKeeper } from './checkpoint-keeper.ts';
import { StudyConfigSchema, type StudyConfig } from './config.ts';
import { isOf, scoreVariants, withEvaluator, type StudyContext, type TrainedRun } from './context.ts';
import { StudyStopped, type StudyControl } from './control.ts';
import { generate } from './event-queue.ts';
import { checkPartition } from './federated/clients.ts';
import { checkKnown, inOrder, knownRuns, newSeeds, startFrom, type KnownStudy } from './known-study.ts';
import { applyEvent, type StudyEvent } from './events.ts';
import { patchifyImages } from './images.ts';
import { taskCount } from './many-tasks.ts';
import { prepareObjective } from './objective.ts';
import { planPopulations, type PlannedPopulation } from './populations.ts';
import type { StudyResult } from './result.ts';
import { playersOf } from './shapley-players.ts';
import { trainRuns } from './train.ts';
import { trainerSpec } from './trainer-spec.ts';

/** Images of a validation point: enough for a curve, cheap enough to draw many. */
const VALIDATION_IMAGES = 256;

export interface StudyInputs {
  readonly config: StudyConfig;
  readonly engine: Engine;
  readonly model: LoadedBackbone;
  readonly task: Task;
  readonly control: StudyControl;
  readonly appVersion: string;
  /** A study to add seeds to; `config` is its own with more seeds. */
  readonly known?: KnownStudy | null;
  /** A study that was interrupted goes on from here; `config` is the checkpoint's. */
  readonly resume?: StudyCheckpoint | null;
  /** Is given a checkpoint every few seconds of training, and one when training is done. */
  readonly keep?: (checkpoint: StudyCheckpoint) => Promise<void>;
  /** Seconds between two checkpoints; absent: a few, more where saving is slow. */
  readonly keepEvery?: number;
  /** Loads a bundled task by its id, as `task` was; needed where several tasks are merged. */
  readonly loadTask?: (id: string) => Promise<Task>;
  /** Bytes that runs trained together may take; absent: POPULATION_BYTES. */
  readonly populationBytes?: number;
}

const seconds = () => performance.now() / 1000;

/** @throws RangeError when the images of a split do not fit their number, size or classes. */
function checkImages(task: Task, name: 'train' | 'validation' | 'test'): void {
  const { count, pixels, labels } = task[name];
  const expected = count * task.imageSize * task.imageSize * 3;
  if (labels.length !== count || pixels.length !== expected)
    throw new RangeError(
      `The ${name} images of "${task.name}" have ${labels.length} labels and ${pixels.length} values; ${count} images need ${count} and ${expected}.`,
    );
  const wrong = labels.findIndex((label) => label < 0 || label >= task.classes.length);
  if (wrong >= 0)
    throw new RangeError(
      `The ${name} image ${wrong} of "${task.name}" has label ${labels[wrong]}, which is none of its ${task.classes.length} classes.`,
    );
}

/** @throws Error saying what does not fit: configuration, task or backbone. */
function checkInputs({ config, task, known }: StudyInputs): void {
  const parsed = v.safeParse(StudyConfigSchema, config);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new RangeError(
      `The study's configuration is invalid at ${v.getDotPath(issue) ?? 'its root'}: ${issue.message}`,
    );
  }
  if (task.train.count === 0 || task.test.count === 0)
    throw new RangeError(
      `The task "${task.name}" needs training and test images (it has ${task.train.count} and ${task.test.count}).`,
    );
  if (task.prompts.length !== task.classes.length)
    throw new RangeError(
      `The task "${task.name}" has ${task.prompts.length} prompts for ${task.classes.length} classes.`,
    );
  for (const name of ['train', 'validation', 'test'] as const) checkImages(task, name);
  const { multitask } = config.analyses;
  if (multitask?.enabled) {
    if (taskCount(multitask, task.classes) < 2)
      throw new RangeError('Merging across tasks needs at least two of them.');
    if (new Set(multitask.tasks).size < multitask.tasks.length) throw new RangeError('A task appears twice.');
  }
  const ids = config.arms.map((arm) => arm.id);
  if (new Set(ids).size !== ids.length) throw new RangeError('Two arms of the study have the same id.');
  if (new Set(config.seeds).size !== config.seeds.length) throw new RangeError('A seed appears twice in the study.');
  const { federated } = config.analyses;
  if (federated?.enabled) checkPartition(federated, task);
  if (known) checkKnown(config, task, known);
}

function emptyResult({ config, engine, task, appVersion, resume }: StudyInputs, testImages: number): StudyResult {
  const { backend, device, software } = engine.info;
  return {
    version: 1,
    config,
    provenance: {
      date: resume?.head.started ?? new Date().toISOString(),
      backend,
      device,
      software,
      appVersion,
      seconds: 0,
    },
    task: {
      name: task.name,
      classes: [...task.classes],
      train: task.train.count,
      validation: Math.min(task.validation.count, VALIDATION_IMAGES),
      test: testImages,
      chance: 1 / task.classes.length,
      zeroShot: null,
    },
    runs: [],
    landscape: [],
    shapley: [],
    pruning: [],
    status: 'running',
  };
}

/** Accuracy of the backbone without adapters; null where it has no classifier for the task. */
async function measureZeroShot(
  context: StudyContext,
  { layout, scale }: RunSource['kinds'][number],
): Promise<number | null> {
  if (context.objective.kind === 'linear') return null;
  const frozen = { adapter: new Float32Array(layout.size), gates: allGates(layout).fill(0) };
  const { test } = context;
  const scores = await withEvaluator(context, layout, scale, test, (evaluator, set) =>
    scoreVariants(context, evaluator, set, test.labels, [frozen]),
  );
  const zeroShot = { accuracy: scores.accuracy[0], loss: scores.loss[0] };
  context.emit({ type: 'zero-shot', zeroShot });
  return zeroShot.accuracy;
}

/** How many tasks are merged, and how many of them are trained besides the study's own. */
function taskWork({ analyses }: StudyConfig, task: Task): Pick<WorkSizes, 'tasks' | 'otherTasks'> {
  const { multitask } = analyses;
  if (!multitask?.enabled) return { tasks: 0, otherTasks: 0 };
  const tasks = taskCount(multitask, task.classes);
  return { tasks, otherTasks: tasks - (multitask.tasks.includes(task.id) ? 1 : 0) };
}

/** Where the runs of a study come from: they are trained, or at hand already. */
export interface RunSource {
  /** One layout and scale per kind of run, known before there are any. */
  readonly kinds: readonly Pick<TrainedRun, 'layout' | 'scale'>[];
  readonly work: Pick<WorkSizes, 'trained' | 'runs' | 'pairs' | 'analysed' | 'groups'>;
  /** The runs, with their test accuracy measured and reported. */
  runs(context: StudyContext): Promise<TrainedRun[]>;
  /** Lets the device prepare for what `runs` will ask of it. */
  warmUp(engine: Engine, objective: Objective, onProgress: (done: number, total: number) => void): Promise<void>;
  /** Pairs between which the landscape is measured, in groups of one layout and scale. */
  pairs(runs: readonly TrainedRun[]): readonly (readonly RunPair[])[];
  /** Runs that are merged with one another, and of which up to three span a plane. */
  groups(runs: readonly TrainedRun[]): readonly RunGroup[];
}

/** @param plans of the seeds that are to be trained */
function trainingSource(config: StudyConfig, plans: readonly PlannedPopulation[], known: KnownStudy | null): RunSource {
  const { arms, seeds, analyses } = config;
  const fresh = newSeeds(config, known);
  const pairsOf = (count: number): number => (count * (count - 1)) / 2;
  const analysed = fresh.filter((seed) => seeds.indexOf(seed) < analyses.shapley.seedsPerArm).length;
  return {
    kinds: plans,
    work: {
      trained: arms.length * fresh.length,
      runs: arms.length * fresh.length,
      pairs: arms.length * (pairsOf(seeds.length) - pairsOf(seeds.length - fresh.length)),
      analysed: arms.length * analysed,
      groups: seeds.length > 1 ? arms.length : 0,
    },
    async warmUp(engine, objective, onProgress) {
      for (const plan of plans)
        await engine.warmUp(trainerSpec(objective, plan), config.training.batchSize, onProgress);
    },
    async runs(context) {
      const trained = await trainRuns(context, plans);
      if (!known) return trained;
      const all = [...knownRuns(config, known), ...trained];
      return arms.flatMap(({ id }) =>
        seeds.flatMap((seed) => all.filter((run) => run.arm.id === id && run.seed === seed)),
      );
    },
    pairs: (runs) =>
      pairsOfSeeds(arms, runs).map((pairs) => pairs.filter((pair) => pair.some(({ seed }) => fresh.includes(seed)))),
    groups: (runs) => arms.map(({ id }) => ({ arm: id, runs: runs.filter(({ arm }) => arm.id === id) })),
  };
}

/** Results repeat bit for bit on the device that computed them; somebody who goes on elsewhere should know. */
function tellDevice({ head }: StudyCheckpoint, { info }: Engine, emit: (event: StudyEvent) => void): void {
  if (head.backend === info.backend && head.device === info.device) return;
  emit({
    type: 'notice',
    message: `The study began on ${head.device} and goes on on ${info.device}: its numbers agree with an uninterrupted run up to rounding, not bit for bit.`,
  });
}

async function produce(
  inputs: StudyInputs,
  sourceOf: () => RunSource,
  emitOut: (event: StudyEvent) => void,
): Promise<void> {
  checkInputs(inputs);
  const { config, engine, model, task, control } = inputs;
  const { analyses } = config;
  const objective = await prepareObjective(config, engine, model, task);
  const test = patchifyImages(task.test, model, analyses.testImages);
  const known = inputs.known ?? null;
  let result = emptyResult(inputs, test.count);
  if (known) result = startFrom(result, known);
  const emit = (event: StudyEvent): void => {
    result = applyEvent(result, event);
    emitOut(event);
  };
  emit({ type: 'started', engine: engine.info, result, ...(known && { adds: true }) });
  const source = sourceOf();
  const warming = source.warmUp(engine, objective, (done, total) =>
    emit({ type: 'progress', phase: 'prepare', done, total, imagesPerSecond: null, remainingSeconds: null }),
  );
  warming.catch(() => {}); // awaited when the images are ready
  const clock = new StudyClock(
    studyWork(config, {
      ...source.work,
      ...taskWork(config, task),
      players: Math.max(...source.kinds.map(({ layout }) => playersOf(layout, analyses.shapley).players.length)),
      testImages: test.count,
      trainImages: task.train.count,
      validationImages: Math.min(task.validation.count, VALIDATION_IMAGES),
    }),
    seconds,
    inputs.resume?.head.seconds,
  );
  const context: StudyContext = {
    config,
    engine,
    model,
    task,
    objective,
    test,
    validation: patchifyImages(task.validation, model, VALIDATION_IMAGES),
    clock,
    emit,
    checkpoint: () => clock.excluding(control.checkpoint()),
    isPaused: () => control.isPaused,
    signal: control.signal,
    known: known && known.result,
    resume: inputs.resume ?? null,
    loadTask: inputs.loadTask,
    keeper: inputs.keep
      ? new CheckpointKeeper({
          ...inputs,
          keep: inputs.keep,
          started: result.provenance.date,
          clock,
          emit,
          every: inputs.keepEvery,
        })
      : null,
  };
  if (inputs.resume) tellDevice(inputs.resume, engine, emit);
  let status: StudyResult['status'] = 'complete';
  try {
    await warming;
    const zeroShot = await measureZeroShot(context, source.kinds[0]);
    const runs = await source.runs(context);
    if (analyses.landscape.enabled) await runLandscape(context, source.pairs(runs), zeroShot);
    if (analyses.plane?.enabled) await runPlane(context, source.groups(runs));
    if (analyses.geometry?.enabled) await runGeometry(context, runs);
    const shapley = analyses.shapley.enabled ? await runShapley(context, runs) : new Map();
    const unpruned = runs.filter((run) => !known?.result.pruning.some((entry) => isOf(entry, run)));
    if (analyses.pruning.enabled) await runPruning(context, unpruned, shapley);
    if (analyses.merging?.enabled) {
      // It brings a matrix library that studies without merging, and the page, do without.
      const { runMerging } = await import('./analyses/merging.ts');
      await runMerging(context, source.groups(runs));
    }
    if (analyses.federated?.enabled) {
      const { runFederated } = await import('./federated/run-federated.ts');
      await runFederated(context);
    }
    if (analyses.multitask?.enabled && source.work.trained > 0) {
      const { runMultitask } = await import('./analyses/multitask.ts');
      await runMultitask(context, runs);
    }
  } catch (error) {
    if (!(error instanceof StudyStopped)) throw error;
    status = 'stopped';
  }
  const spent = known ? known.result.provenance.seconds : 0;
  const provenance = { ...result.provenance, seconds: spent + clock.seconds };
  const found = { ...result, provenance, status };
  emit({ type: 'finished', result: known ? inOrder(found) : found });
}

/**
 * A study of runs from anywhere.
 * @param sourceOf called when the inputs are known to fit together
 */
export function studyOf(inputs: StudyInputs, sourceOf: () => RunSource): AsyncGenerator<StudyEvent, void> {
  return generate(
    (emit) => produce(inputs, sourceOf, emit),
    () => inputs.control.stop(),
  );
}

/**
 * Yields what happens, in order, from 'started' to 'finished'; a stopped study also finishes, with what was done.
 * @throws Error from the generator when the inputs do not fit together or the device fails.
 */
export function runStudy(inputs: StudyInputs): AsyncGenerator<StudyEvent, void> {
  const { config, model, task, populationBytes, known = null } = inputs;
  return studyOf(inputs, () => {
    const seeds = newSeeds(config, known);
    return trainingSource(config, planPopulations({ ...config, seeds }, model, task, populationBytes), known);
  });
}
