/**
 * Runs a study as an async generator of events: trains, tests, then runs its analyses one after the other. The page and the headless runner share this code.
 */
import type { Engine, KindOfSteps } from '../../engine/engine.ts';
import { DeviceLostError } from '../../engine/errors.ts';
import { isOn, type Scene } from '../analyses/analysis.ts';
import { ANALYSES } from '../analyses/registry.ts';
import { fitsPlans } from '../checkpoint/checkpoint.ts';
import { CheckpointKeeper, type KeeperInputs } from '../checkpoint/checkpoint-keeper.ts';
import type { Crew } from '../classroom/crew.ts';
import type { StudyKernels } from '../kernels/study-kernels.ts';
import { applyEvent, type StudyEvent } from '../result/events.ts';
import { inOrder, newSeeds, startFrom } from '../result/known-study.ts';
import type { StudyResult } from '../result/result.ts';
import { runOnce } from './analysis-log.ts';
import { AnswerMemory } from './answer-memory.ts';
import { StudyClock } from './clock.ts';
import type { StudyContext } from './context.ts';
import { StudyStopped, type StudyControl } from './control.ts';
import { generate } from './event-queue.ts';
import { planGlimpses } from './glimpse-plan.ts';
import { patchifyImages } from './images.ts';
import { measureBackbone } from './measure-backbone.ts';
import { memoryNote, type FittedTraining } from './memory.ts';
import { planPopulations, type PlannedPopulation } from './training/populations.ts';
import { prepareStudy, type PreparedStudy } from './prepare-study.ts';
import { trainingSource, type RunSource } from './run-source.ts';
import type { StudyInputs } from './study-inputs.ts';
import { studyWork, workSizes } from './study-work.ts';
import { VALIDATION_IMAGES, validationPasses } from './training/validation.ts';
import { sum } from './work.ts';
import { STUDY_NOTICES } from './words.ts';

const seconds = () => performance.now() / 1000;

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
    adds: Boolean(inputs.known),
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

/** What training and analyses work with. @param emit where their findings go @param resultNow the result so far */
function contextOf(
  inputs: StudyInputs,
  { task, test, objective, source, kernels, provenance, empty }: PreparedStudy,
  { emit, resultNow }: { readonly emit: (event: StudyEvent) => void; readonly resultNow: () => StudyResult },
): StudyContext {
  const { config, engine, model, control, known, resume, testedOn = 'test', now = seconds } = inputs;
  const work = studyWork(config, workSizes(config, source, task, test.count));
  const clock = new StudyClock(work, now, resume?.head.seconds);
  const { trained } = source.work;
  const passes = sum(Object.values(work)).passes + validationPasses(config, task, trained, config.training.steps);
  const keeper = keeperOf(inputs, kernels, {
    started: empty.provenance.date,
    computedBy: () => provenance.computedBy(resultNow()),
    clock,
    emit,
  });
  return {
    config,
    engine,
    model,
    task,
    objective,
    test,
    testedOn,
    clock,
    emit,
    keeper,
    kernels,
    validation: patchifyImages(task.validation, model, VALIDATION_IMAGES),
    memoryBytes: inputs.memoryBytes,
    checkpoint: (onPause) => clock.excluding(control.checkpoint(onPause)),
    breathe: () => control.breathe(),
    signal: control.signal,
    known: known?.result ?? null,
    resume: resume ?? null,
    loadTask: inputs.loadTask,
    readAtlas: inputs.readAtlas,
    crew: () => crewOf(inputs, keeper?.byClass ?? false),
    glimpses: inputs.isWatched
      ? planGlimpses({ config, model, task, test }, passes, trained / config.arms.length)
      : null,
    answers: new AnswerMemory(inputs.answerBytes),
  };
}

/** Whether a study ends because it was stopped: then it no longer waits for a lost device. */
const isStop = (error: unknown, { signal }: StudyControl): boolean =>
  error instanceof StudyStopped || (signal.aborted && error instanceof DeviceLostError);

/** Emits everything from 'started' to 'finished'. */
async function produce(
  inputs: StudyInputs,
  sourceOf: () => RunSource,
  emitOut: (event: StudyEvent) => void,
): Promise<void> {
  const { config, engine, known, resume, control } = inputs;
  engine.waitUntil?.(inputs.awaitsDevice === false ? AbortSignal.abort() : control.signal);
  const study = await prepareStudy(inputs, sourceOf);
  const { source, trainings, steps, provenance, empty, notices } = study;
  let result = known ? startFrom(empty, known) : empty;
  const emit = (event: StudyEvent): void => {
    result = applyEvent(result, event);
    emitOut(event);
  };
  emit({ type: 'started', engine: engine.info, result, ...(known && !resume && { adds: true }) });
  // Whoever goes on with added seeds does not have the adapters of the study to which they are added.
  if (known && resume)
    for (const adapter of known.adapters)
      emit({ type: 'adapter', adapter: { ...adapter, values: adapter.values.slice() } });
  if (trainings.length > 0) emit({ type: 'memory', memory: memoryNote(trainings, config.training.batchSize) });
  for (const message of notices) emit({ type: 'notice', message });
  const warming = warmUp(engine, steps, (done, total) =>
    emit({ type: 'progress', phase: 'prepare', done, total, imagesPerSecond: null, remainingSeconds: null }),
  );
  warming.catch(() => {}); // Awaited when the images are ready.
  const resultNow = () => result;
  const context = contextOf(inputs, study, { emit, resultNow });
  let status: StudyResult['status'] = 'complete';
  try {
    await warming;
    await runAll(context, source, trainings, { appVersion: inputs.appVersion, resultNow });
  } catch (error) {
    if (!isStop(error, control)) throw error;
    status = 'stopped';
  }
  const found = { ...result, provenance: provenance.atEnd(result, context.clock.seconds), status };
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
