/**
 * Runs a study as an async generator of events: trains, tests, then runs its analyses one after the other. The page and the headless runner share this code.
 */
import { denseMotifs } from '../../core/clusters.ts';
import type { Engine, KindOfSteps } from '../../engine/engine.ts';
import type { ReadFile } from '../../data/bundled/atlas.ts';
import { someOf } from '../../data/files/problem.ts';
import type { Task } from '../../data/task.ts';
import type { LoadedBackbone } from '../../model/load-backbone.ts';
import { isOn, type Scene } from '../analyses/analysis.ts';
import { ANALYSES } from '../analyses/registry.ts';
import type { Crew } from '../classroom/crew.ts';
import { runOnce } from './analysis-log.ts';
import { AnswerMemory } from './answer-memory.ts';
import { StudyClock } from './clock.ts';
import { studyWork, workSizes } from './study-work.ts';
import { fitsPlans, type StudyCheckpoint } from '../checkpoint/checkpoint.ts';
import { CheckpointKeeper, type KeeperInputs } from '../checkpoint/checkpoint-keeper.ts';
import { checkInputs } from './check-inputs.ts';
import type { StudyConfig } from '../config/config.ts';
import type { StudyContext } from './context.ts';
import { StudyStopped, type StudyControl } from './control.ts';
import { generate } from './event-queue.ts';
import { checkTested, inOrder, newSeeds, startFrom, type KnownStudy } from '../result/known-study.ts';
import { applyEvent, type StudyEvent } from '../result/events.ts';
import { haveOtherPixels, imageDigests } from '../result/image-digests.ts';
import { fitsAnswers, packLabels } from '../predictions/answers.ts';
import { planGlimpses } from './glimpse-plan.ts';
import { patchifyImages, type Patchified } from './images.ts';
import { chooseKernels, type Begun, type StudyKernels } from '../kernels/study-kernels.ts';
import type { PrecisionChoice } from '../kernels/study-precision.ts';
import type { KernelShelf } from '../kernels/kernel-shelf.ts';
import { measureBackbone } from './measure-backbone.ts';
import { memoryNote, shortageText, type FittedTraining } from './memory.ts';
import {
  classesAlike,
  longestPrompt,
  prepareObjective,
  testedStudy,
  tokenised,
  type ClassTokens,
} from './objective.ts';
import { planPopulations, type PlannedPopulation } from './populations.ts';
import { provenanceOf } from './provenance.ts';
import { NOTHING_FOUND, type StudyResult } from '../result/result.ts';
import { trainingSource, type RunSource } from './run-source.ts';
import { VALIDATION_IMAGES, validationPasses } from './validation.ts';
import { sum } from './work.ts';
import { STUDY_NOTICES } from './words.ts';

export interface StudyInputs {
  readonly config: StudyConfig;
  readonly engine: Engine;
  readonly model: LoadedBackbone;
  readonly task: Task;
  readonly control: StudyControl;
  readonly appVersion: string;
  /** A study to complete, or to add seeds to; `config` is its own, possibly with more seeds. */
  readonly known?: KnownStudy | null;
  /** The checkpoint at which an interrupted study continues; `config` is the checkpoint's. */
  readonly resume?: StudyCheckpoint | null;
  /** Receives a checkpoint every few seconds of training, and one when training is done. */
  readonly keep?: (checkpoint: StudyCheckpoint) => Promise<void>;
  /** Seconds between two checkpoints; absent: a few, or more when saving is slow or writes much. */
  readonly keepEvery?: number;
  /** Images that adapters are tested and analysed on; absent: the test images. A choice among settings that is made on validation images leaves those unseen. */
  readonly testedOn?: 'test' | 'validation';
  /** Loads a bundled task by its id, like `task`; needed when several tasks are merged. */
  readonly loadTask?: (id: string) => Promise<Task>;
  /** Reads the bundled artwork; needed when a bundled task is tested on other domains. */
  readonly readAtlas?: ReadFile;
  /**
   * Devices that train as clients of a federation, asked for when it begins; null or absent: clients are simulated.
   * @param isAwaited true: a class had begun to train them. There may be no device yet, and never null is returned
   */
  readonly crew?: (isAwaited: boolean) => Crew | null;
  /** Clients are simulated, also of a study that is continued and that a class had begun to train. */
  readonly simulates?: boolean;
  /** Somebody watches: runs are looked at while they train. Absent: nobody does. */
  readonly isWatched?: boolean;
  /** Keeps which kernels are fastest on a device; absent: all have their usual forms. */
  readonly kernels?: KernelShelf;
  /** The precision of the frozen weights; absent: f32. A study that is continued or added to keeps its own. */
  readonly precision?: PrecisionChoice;
  /** Bytes that runs trained together may take; absent: POPULATION_BYTES. */
  readonly populationBytes?: number;
  /** The reader's bound on the memory of a training; absent: that of the device. */
  readonly memoryBytes?: number;
  /** Bytes of answers that are remembered, so that nothing is evaluated twice; absent: those of AnswerMemory. */
  readonly answerBytes?: number;
}

const seconds = () => performance.now() / 1000;

/** What a result says of its task. */
const describeTask = (task: Task, test: Patchified, promptTokens: number | null): StudyResult['task'] => ({
  name: task.name,
  classes: [...task.classes],
  train: task.train.count,
  validation: Math.min(task.validation.count, VALIDATION_IMAGES),
  test: test.count,
  chance: 1 / task.classes.length,
  zeroShot: null,
  ...(fitsAnswers(task) && { labels: packLabels(test.labels) }),
  ...(test.motifs && { motifs: denseMotifs(test.motifs) }),
  ...(task.id === 'dropped' && imageDigests(task, test)),
  ...(promptTokens !== null && { promptTokens }),
});

/** What a continued study goes on with. Seeds that are added may have other kernels, and not another precision. */
function begunOf({ resume, known }: Pick<StudyInputs, 'resume' | 'known'>): Begun {
  if (resume) return { kernels: resume.head.kernels ?? {}, precision: resume.head.precision ?? 'f32' };
  if (!known) return { kernels: null, precision: null };
  const { precision = 'f32' } = known.result.provenance;
  return { kernels: null, precision: precision === 'mixed' ? null : precision };
}

/** What the reader has to know before it starts. @param empty the result before anything is found */
function noticesOf(
  { engine, known, resume, simulates }: StudyInputs,
  empty: StudyResult,
  trainings: readonly FittedTraining[],
  kernels: StudyKernels,
  prompts: ClassTokens | null,
): string[] {
  const { device, backend } = engine.info;
  // Results repeat bit for bit only on the device that computed them.
  const isElsewhere = resume && (resume.head.backend !== backend || resume.head.device !== device);
  return [
    shortageText(trainings),
    kernels.notice,
    known && haveOtherPixels(empty, known.result) ? STUDY_NOTICES.otherPixels : null,
    ...(prompts ? classesAlike(prompts) : []).map((alike) => STUDY_NOTICES.classesAlike(alike.length, someOf(alike))),
    isElsewhere ? STUDY_NOTICES.otherDevice(resume.head.device, device) : null,
    // The reader wants it: the result is not that of the class.
    resume?.head.byClass && simulates ? STUDY_NOTICES.simulatedNow : null,
  ].filter((notice) => notice !== null);
}

/** Devices of a class, unless its clients are simulated. @param isAwaited whether the class had begun to train them */
const crewOf = ({ crew, simulates }: StudyInputs, isAwaited: boolean): Crew | null =>
  simulates ? null : (crew?.(isAwaited) ?? null);

/** Saves the study while it runs; null if nothing keeps it. */
function keeperOf(
  inputs: StudyInputs,
  { choice, precision }: StudyKernels,
  running: Pick<KeeperInputs, 'started' | 'computedBy' | 'clock' | 'emit'>,
): CheckpointKeeper | null {
  const { config, keep, keepEvery, resume, simulates } = inputs;
  if (!keep) return null;
  const asksClass = ANALYSES.some((analysis) => analysis.asksClass && isOn(config, analysis.id));
  return new CheckpointKeeper({
    ...inputs,
    ...running,
    kernels: choice,
    precision,
    keep,
    hasClass: () => asksClass && crewOf(inputs, false) !== null,
    byClass: !simulates && (resume?.head.byClass ?? false),
    every: keepEvery,
    finished: resume?.finished,
  });
}

/** Trains, then runs every analysis that is switched on. */
async function runAll(
  context: StudyContext,
  source: RunSource,
  trainings: readonly FittedTraining[],
  log: Parameters<typeof runOnce>[3],
): Promise<void> {
  const { config, known, emit } = context;
  const backbone = await measureBackbone(context, source.kinds[0]);
  const runs = await source.runs(context, trainings);
  if (runs.length === 0) {
    emit({ type: 'notice', message: STUDY_NOTICES.allDiverged });
    return;
  }
  let tells = known !== null;
  const tellNotFollowed = (): void => {
    if (tells) emit({ type: 'notice', message: STUDY_NOTICES.notFollowed });
    tells = false;
  };
  const scene: Scene = {
    source,
    runs,
    frozen: backbone.accuracy,
    frozenOn: backbone.on,
    frozenHead: backbone.head,
    tellNotFollowed,
  };
  for (const analysis of ANALYSES) if (isOn(config, analysis.id)) await runOnce(context, scene, analysis, log);
}

/** Lets the device prepare for steps of each kind. */
async function warmUp(
  engine: Engine,
  steps: readonly KindOfSteps[],
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  for (const kind of steps) await engine.warmUp(kind, onProgress);
}

async function produce(
  inputs: StudyInputs,
  sourceOf: () => RunSource,
  emitOut: (event: StudyEvent) => void,
): Promise<void> {
  checkInputs(inputs);
  const { config, engine, model, control, testedOn = 'test' } = inputs;
  const task = { ...inputs.task, test: inputs.task[testedOn] };
  const { analyses } = config;
  const prompts = tokenised(config, model, task);
  const chosen = await chooseKernels(engine, inputs.kernels ?? null, begunOf(inputs), {
    precision: inputs.precision ?? 'f32',
    backbone: model.backbone,
    study: testedStudy(config, model.backbone, task, prompts),
    batchSize: config.training.batchSize,
  });
  const objective = await prepareObjective(config, engine, model, task, chosen.precision, prompts);
  const test = patchifyImages(task.test, model, analyses.testImages);
  const known = inputs.known ?? null;
  const described = describeTask(task, test, longestPrompt(objective, model.backbone));
  if (known) checkTested(described, known);
  const source = sourceOf();
  const trainings = source.fit(engine, objective, { chosenBytes: inputs.memoryBytes, task });
  const steps = source.steps(trainings);
  const kernels = await chosen.provenIn(steps);
  const provenance = provenanceOf(inputs, kernels);
  const empty: StudyResult = {
    version: 1,
    config,
    provenance: provenance.atStart,
    task: described,
    ...NOTHING_FOUND,
    status: 'running',
  };
  let result = known ? startFrom(empty, known) : empty;
  const emit = (event: StudyEvent): void => {
    result = applyEvent(result, event);
    emitOut(event);
  };
  emit({ type: 'started', engine: engine.info, result, ...(known && { adds: true }) });
  if (trainings.length > 0) emit({ type: 'memory', memory: memoryNote(trainings, config.training.batchSize) });
  for (const message of noticesOf(inputs, empty, trainings, kernels, prompts)) emit({ type: 'notice', message });
  const warming = warmUp(engine, steps, (done, total) =>
    emit({ type: 'progress', phase: 'prepare', done, total, imagesPerSecond: null, remainingSeconds: null }),
  );
  warming.catch(() => {}); // Awaited when the images are ready.
  const work = studyWork(config, workSizes(config, source, task, test.count));
  const clock = new StudyClock(work, seconds, inputs.resume?.head.seconds);
  const { trained } = source.work;
  const passes = sum(Object.values(work)).passes + validationPasses(config, task, trained, config.training.steps);
  const keeper = keeperOf(inputs, kernels, {
    started: result.provenance.date,
    computedBy: () => provenance.computedBy(result),
    clock,
    emit,
  });
  const context: StudyContext = {
    config,
    engine,
    model,
    task,
    objective,
    test,
    testedOn,
    validation: patchifyImages(task.validation, model, VALIDATION_IMAGES),
    memoryBytes: inputs.memoryBytes,
    clock,
    emit,
    checkpoint: (onPause) => clock.excluding(control.checkpoint(onPause)),
    breathe: () => control.breathe(),
    signal: control.signal,
    known: known && known.result,
    resume: inputs.resume ?? null,
    loadTask: inputs.loadTask,
    readAtlas: inputs.readAtlas,
    crew: () => crewOf(inputs, keeper?.byClass ?? false),
    glimpses: inputs.isWatched
      ? planGlimpses({ config, model, task, test }, passes, trained / config.arms.length)
      : null,
    keeper,
    kernels,
    answers: new AnswerMemory(inputs.answerBytes),
  };
  let status: StudyResult['status'] = 'complete';
  try {
    await warming;
    await runAll(context, source, trainings, { appVersion: inputs.appVersion, resultNow: () => result });
  } catch (error) {
    if (!(error instanceof StudyStopped)) throw error;
    status = 'stopped';
  }
  const found = { ...result, provenance: provenance.atEnd(result, clock.seconds), status };
  emit({ type: 'finished', result: known ? inOrder(found) : found });
}

/**
 * A study of runs from any source.
 * @param sourceOf called once the inputs are known to fit together
 */
export function studyOf(inputs: StudyInputs, sourceOf: () => RunSource): AsyncGenerator<StudyEvent, void> {
  return generate(
    (emit) => produce(inputs, sourceOf, emit).finally(() => inputs.engine.release()),
    () => inputs.control.stop(),
  );
}

/**
 * Yields events in order, from 'started' to 'finished'; a stopped study also finishes, with its completed work.
 * @throws Error from the generator when the inputs do not fit together or the device fails.
 */
export function runStudy(inputs: StudyInputs): AsyncGenerator<StudyEvent, void> {
  const { config, model, task, populationBytes, known = null, resume = null } = inputs;
  return studyOf(inputs, () => {
    const seeds = newSeeds(config, known);
    const plan = (shares: boolean): PlannedPopulation[] =>
      planPopulations({ ...config, seeds }, model, task, { limit: populationBytes, shares });
    const plans = seeds.length > 0 ? plan(true) : [];
    // A checkpoint from before runs shared trainings has one of each run.
    const isApart = resume !== null && !fitsPlans(resume, plans) && fitsPlans(resume, plan(false));
    return trainingSource(config, isApart ? plan(false) : plans, known);
  });
}
