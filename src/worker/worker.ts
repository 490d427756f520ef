/** The study worker: a thin dispatcher. It owns the engine; one study runs at a time. */
import { errorText } from '../core/error-text.ts';
import { startHeartbeat } from '../platform/heartbeat.ts';
import { APP_VERSION } from '../core/version.ts';
import { loadBundledTask, outlineTask } from '../data/bundled/bundled.ts';
import { taskFromDropped, type DroppedDataset } from '../data/dataset/dropped.ts';
import type { Task } from '../data/task.ts';
import { openBrowserEngine } from '../engine/browser.ts';
import type { Engine } from '../engine/engine.ts';
import { trainingRate } from '../engine/probe.ts';
import { memoryBytes } from '../model/byte-source.ts';
import { loadStoredModel, openStoredModel } from '../model/hub/load-stored.ts';
import { splitModelId } from '../model/hub/model-id.ts';
import { opfsStorage } from '../model/hub/opfs-storage.ts';
import { loadBackbone, type LoadedBackbone } from '../model/load-backbone.ts';
import type { FileOpener } from '../model/open-weights.ts';
import type { StudyConfig } from '../study/config/config.ts';
import { StudyControl } from '../study/run/control.ts';
import { estimatedSeconds, measuredPace } from '../study/run/estimate.ts';
import { openGatesBench, type GatesBench } from '../study/run/gates-bench.ts';
import { evaluateAdapters } from '../study/run/evaluate-adapters.ts';
import { runStudy, type StudyInputs } from '../study/run/run-study.ts';
import type { StudyCheckpoint } from '../study/checkpoint/checkpoint.ts';
import type { StudyEvent } from '../study/result/events.ts';
import { checkpointFiles } from '../study/checkpoint/checkpoint-opfs.ts';
import { openCheckpoints } from '../study/checkpoint/checkpoint-access.ts';
import { PictureDesk } from './picture-desk.ts';
import type { WorkerRequest, WorkerResponse } from './protocol.ts';

type Request<T extends WorkerRequest['type']> = Extract<WorkerRequest, { type: T }>;

startHeartbeat();
const scope = self as unknown as DedicatedWorkerGlobalScope;
/** The page's folder, wherever it is hosted: the build puts the worker's file one folder below it. */
const base = new URL(import.meta.env.DEV ? '/' : '../', location.href);

/** Needed only to open or merge an adapter; it brings in a regular expression engine. */
const adapterFiles = () => import('./adapter-files.ts');

/** Checked for every study: a reader may allow or block site data in between. */
const findCheckpoints = () =>
  openCheckpoints({ files: checkpointFiles, locks: navigator.locks, isSecureContext: scope.isSecureContext });

let engine: Engine | null = null;
let control: StudyControl | null = null;
/** Id of the request whose study is running. */
let running: number | null = null;
/** Requests that need the engine wait for their turn; pause, resume, step and stop take effect at once. */
const QUEUED: ReadonlySet<WorkerRequest['type']> = new Set([
  'open',
  'probe',
  'run',
  'continue',
  'evaluate',
  'score-gates',
  'predict',
  'look-inside',
  'estimate',
]);
/** Requests after which the engine has the backbone of a study. */
const STUDIES: ReadonlySet<WorkerRequest['type']> = new Set(['run', 'continue', 'evaluate']);
let queue: Promise<unknown> = Promise.resolve();
/** Running or waiting questions about gates and times; the next request to the engine stops them. */
let questions = new AbortController();
/** Stops nothing. */
const NEVER = new AbortController().signal;
/** Answers questions about one study until the engine does something else. */
let bench: { readonly study: string; readonly bench: GatesBench } | null = null;

/** Adapters and pictures are transferred; everything else is copied. */
function transfersOf(response: WorkerResponse): Transferable[] {
  if (response.type === 'event' && response.event.type === 'adapter') return [response.event.adapter.values.buffer];
  return response.type === 'picture-read' ? [response.picture.pixels.buffer] : [];
}

const send = (response: WorkerResponse): void => scope.postMessage(response, transfersOf(response));

async function fetchFile(path: string): Promise<ArrayBuffer | null> {
  const response = await fetch(new URL(path, base));
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${path} could not be loaded: the server answered ${response.status}.`);
  return response.arrayBuffer();
}

async function fetchAtlas(file: string): Promise<ArrayBuffer> {
  const bytes = await fetchFile(`atlas/${file}`);
  if (!bytes) throw new Error(`The artwork file ${file} is missing on the server.`);
  return bytes;
}

const bundledFile = (config: Pick<StudyConfig, 'backbone'>, file: string): Promise<ArrayBuffer | null> =>
  fetchFile(`backbones/${config.backbone}/${file}`);

/** A bundled backbone, or one that was downloaded to this device before. */
const loadModel = (config: Pick<StudyConfig, 'backbone' | 'imageSize'>): Promise<LoadedBackbone> =>
  splitModelId(config.backbone) === null
    ? loadBackbone((file) => bundledFile(config, file), { imageSize: config.imageSize })
    : loadStoredModel(opfsStorage(), config.backbone, { imageSize: config.imageSize, onNotice: notify });

const desk = new PictureDesk(loadModel);

/** Random access to a file of that backbone. */
const openModelFile =
  (config: StudyConfig): FileOpener =>
  async (file) => {
    if (splitModelId(config.backbone) !== null)
      return (await openStoredModel(opfsStorage(), config.backbone)).open(file);
    const bytes = await bundledFile(config, file);
    return bytes && memoryBytes(bytes);
  };

interface Inputs {
  readonly model: LoadedBackbone;
  readonly task: Task;
}

async function loadInputs(config: StudyConfig, dataset: DroppedDataset | null): Promise<Inputs> {
  const [model, task] = await Promise.all([
    loadModel(config),
    dataset ? taskFromDropped(dataset, config.shots, 0) : loadBundledTask(config.task, config.shots, 0, fetchAtlas),
  ]);
  return { model, task };
}

/** Keeps what was loaded last for a task and a backbone: a study is estimated, often for every turn of a setting, before it runs. */
function keepingLast(load: (config: StudyConfig) => Promise<Inputs>): (config: StudyConfig) => Promise<Inputs> {
  let last: { readonly key: string; readonly inputs: Promise<Inputs> } | null = null;
  return (config) => {
    const { backbone, task, shots, imageSize } = config;
    const key = JSON.stringify([backbone, task, shots, imageSize]);
    if (last?.key === key) return last.inputs;
    const inputs = load(config);
    last = { key, inputs };
    inputs.catch(() => (last = null)); // The next request tries again.
    return inputs;
  };
}

const bundledInputs = keepingLast((config) => loadInputs(config, null));

/** Backbone and task without pixels, which is all that counting needs. */
const outlineOf = keepingLast(async (config) => {
  const [model, task] = await Promise.all([loadModel(config), outlineTask(config.task, config.shots, 0, fetchAtlas)]);
  return { model, task };
});

/** Files on this device may be other ones than a moment ago; what is bundled stays. */
const inputsOf = (config: StudyConfig, dataset: DroppedDataset | null): Promise<Inputs> =>
  dataset || splitModelId(config.backbone) !== null ? loadInputs(config, dataset) : bundledInputs(config);

/** Tells the running study what happened to its device. */
function notify(message: string): void {
  if (running !== null) send({ type: 'event', id: running, event: { type: 'notice', message } });
}

async function open(request: Request<'open'>): Promise<void> {
  engine?.dispose();
  engine = null;
  const opened = await openBrowserEngine(request.backend, notify);
  ({ engine } = opened);
  send({ type: 'opened', id: request.id, engine: engine.info, notices: opened.notices });
}

/** Runs a study of these inputs and reports its events. */
async function runOn(
  id: number,
  config: StudyConfig,
  dataset: DroppedDataset | null,
  study: (inputs: StudyInputs) => AsyncGenerator<StudyEvent, void>,
): Promise<void> {
  if (!engine) throw new Error('The engine is not open.');
  control = new StudyControl();
  running = id;
  try {
    const { model, task } = await inputsOf(config, dataset);
    const loadTask = (taskId: string) => loadBundledTask(taskId, config.shots, 0, fetchAtlas);
    const inputs = {
      ...{ config, engine, model, task, control, loadTask },
      readAtlas: fetchAtlas,
      isWatched: true,
      appVersion: APP_VERSION,
    };
    for await (const event of study(inputs)) send({ type: 'event', id, event });
  } finally {
    control = null;
    running = null;
  }
}

/** A study that ends, completely or by its user, no longer needs its checkpoint; one that fails may be retried from the last one. */
async function run({ id, config, dataset, known, study: named }: Request<'run'>): Promise<void> {
  // A checkpoint holds all runs of its study. Added seeds have none, and the study they are added to is in the page.
  const access = known ? null : await findCheckpoints();
  if (!access) await runOn(id, config, dataset, (inputs) => runStudy({ ...inputs, known }));
  else if ('refused' in access) {
    const message = `${access.refused}, so this study cannot be resumed after a reload. Leave the page open until it ends.`;
    send({ type: 'event', id, event: { type: 'notice', message } });
    await runOn(id, config, dataset, runStudy);
  } else {
    const { store: checkpoints } = access;
    const study = named ?? crypto.randomUUID();
    const keep = (checkpoint: StudyCheckpoint) => checkpoints.keep(study, checkpoint, dataset);
    await checkpoints.whileRunning(study, async () => {
      await runOn(id, config, dataset, (inputs) => runStudy({ ...inputs, keep }));
      await checkpoints.discard(study);
    });
  }
  send({ type: 'done', id });
}

async function goOn({ id, study }: Request<'continue'>): Promise<void> {
  const access = await findCheckpoints();
  if ('refused' in access) throw new Error(`${access.refused}, so the study cannot be read.`);
  const { store: checkpoints } = access;
  await checkpoints.whileRunning(study, async () => {
    const { checkpoint: resume, dataset } = await checkpoints.load(study);
    const keep = (checkpoint: StudyCheckpoint) => checkpoints.keep(study, checkpoint, dataset);
    await runOn(id, resume.head.config, dataset, (inputs) => runStudy({ ...inputs, resume, keep }));
    await checkpoints.discard(study);
  });
  send({ type: 'done', id });
}

async function evaluate({ id, config, dataset, adapters }: Request<'evaluate'>): Promise<void> {
  await runOn(id, config, dataset, (inputs) => evaluateAdapters(inputs, adapters));
  send({ type: 'done', id });
}

async function scoreGates(
  { id, config, adapters }: Request<'score-gates'>,
  { signal }: AbortController,
): Promise<void> {
  if (!engine) throw new Error('The engine is not open.');
  const study = JSON.stringify(config);
  try {
    signal.throwIfAborted();
    if (bench?.study !== study) {
      bench = null;
      const opened = await openGatesBench({ config, engine, ...(await inputsOf(config, null)) });
      bench = { study, bench: opened };
    }
    send({ type: 'gates-scored', id, scores: await bench.bench.score(adapters, signal) });
  } catch (error) {
    if (!signal.aborted) throw error;
    send({ type: 'gates-scored', id, scores: null });
  }
}

async function predict({ id, setting, question }: Request<'predict'>, signal: AbortSignal): Promise<void> {
  if (!engine) throw new Error('The engine is not open.');
  send({ type: 'predicted', id, answers: await desk.answer(engine, setting, question, signal) });
}

async function lookInside({ id, setting, question }: Request<'look-inside'>, signal: AbortSignal): Promise<void> {
  if (!engine) throw new Error('The engine is not open.');
  send({ type: 'looked-inside', id, answer: await desk.lookInside(engine, setting, question, signal) });
}

async function readPicture({ id, config, file }: Request<'read-picture'>): Promise<void> {
  send({ type: 'picture-read', id, picture: await desk.read(config, file) });
}

/** Null when it was stopped. */
async function paceOf(config: StudyConfig, signal: AbortSignal): Promise<number | null> {
  if (!engine) throw new Error('The engine is not open.');
  return measuredPace({ config, engine, ...(await bundledInputs(config)) }, signal);
}

async function estimate({ id, configs, pace }: Request<'estimate'>, { signal }: AbortController): Promise<void> {
  const measured = pace ?? (await paceOf(configs[0], signal));
  const seconds: number[] = [];
  if (measured !== null)
    for (const config of configs) {
      const { model, task } = await outlineOf(config);
      seconds.push(estimatedSeconds(config, model, task, measured));
    }
  send({ type: 'estimated', id, estimate: measured === null ? null : { pace: measured, seconds } });
}

async function readAdapter({ id, config, files }: Request<'read-adapter'>): Promise<void> {
  const [{ readAdapterFor }, model] = await Promise.all([adapterFiles(), loadModel(config)]);
  const adapter = readAdapterFor(model, files);
  send({ type: 'adapter-read', id, adapter });
}

async function mergeWeights(request: Request<'merge-weights'>): Promise<void> {
  const { id, config, adapter, classes } = request;
  const [{ mergeIntoModel }, backbone] = await Promise.all([adapterFiles(), loadModel(config)]);
  const model = await mergeIntoModel(backbone, openModelFile(config), adapter, classes);
  send({ type: 'merged', id, model });
}

async function probe(request: Request<'probe'>): Promise<void> {
  if (!engine) throw new Error('The engine is not open.');
  send({ type: 'probed', id: request.id, rate: await trainingRate(engine) });
}

/**
 * @param asked stops the request if it is a question that may be left unanswered
 * @param wanted stops a question about pictures
 */
function handle(request: WorkerRequest, asked: AbortController, wanted: AbortSignal): Promise<void> | void {
  switch (request.type) {
    case 'open':
      return open(request);
    case 'run':
      return run(request);
    case 'continue':
      return goOn(request);
    case 'evaluate':
      return evaluate(request);
    case 'score-gates':
      return scoreGates(request, asked);
    case 'estimate':
      return estimate(request, asked);
    case 'predict':
      return predict(request, wanted);
    case 'look-inside':
      return lookInside(request, wanted);
    case 'read-picture':
      return readPicture(request);
    case 'read-adapter':
      return readAdapter(request);
    case 'merge-weights':
      return mergeWeights(request);
    case 'probe':
      return probe(request);
    case 'stop-predicting':
      desk.stop(request.question);
      break;
    case 'pause':
      control?.pause();
      break;
    case 'resume':
      control?.resume();
      break;
    case 'step':
      control?.step();
      break;
    case 'stop':
      control?.stop();
      break;
    default:
      return request satisfies never;
  }
  send({ type: 'done', id: request.id });
}

const isAboutPictures = (request: WorkerRequest): request is Request<'predict' | 'look-inside'> =>
  request.type === 'predict' || request.type === 'look-inside';

/** A study has the engine for itself: its steps stay as they are, and a picture is asked about again when it has ended. */
function refused(request: WorkerRequest): boolean {
  if (!isAboutPictures(request) || running === null) return false;
  desk.keep(request.setting);
  send({ type: 'failed', id: request.id, message: 'A study is running. Ask again when it has ended.' });
  return true;
}

scope.onmessage = ({ data }: MessageEvent<WorkerRequest>) => {
  if (refused(data)) return;
  const { type } = data;
  // An estimate at a known pace is arithmetic alone.
  const forEngine = QUEUED.has(type) && !(type === 'estimate' && data.pace !== null);
  // Frames of a camera come often: they wait for other questions, and do not stop them.
  const aboutPictures = isAboutPictures(data);
  if (forEngine && !aboutPictures) {
    questions.abort();
    questions = new AbortController();
  }
  const wanted = aboutPictures ? desk.take(data.id, data.line) : NEVER;
  if (STUDIES.has(type) || type === 'open') desk.stop();
  const asked = questions;
  const work = async () => {
    try {
      // The engine is about to load another backbone.
      if (forEngine && type !== 'score-gates') bench = null;
      if (forEngine && !aboutPictures) desk.forgetEngine();
      if (STUDIES.has(type)) desk.forgetModel();
      await handle(data, asked, wanted);
    } catch (error) {
      send({ type: 'failed', id: data.id, message: errorText(error) });
    }
  };
  if (forEngine) queue = queue.then(work);
  else void work();
};
