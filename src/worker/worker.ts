/** The study worker: a thin dispatcher. It owns the engine; one study runs at a time. */
import { errorText } from '../core/error-text.ts';
import { beWatched } from '../platform/heartbeat.ts';
import { openBrowserEngine } from '../engine/browser.ts';
import type { Engine } from '../engine/engine.ts';
import type { Progress } from '../engine/measure/run-protocol.ts';
import { trainingRate } from '../engine/probe.ts';
import type { StudyConfig } from '../study/config/config.ts';
import { estimatedSeconds, measuredPace } from '../study/run/estimate.ts';
import { openGatesBench, type GatesBench } from '../study/run/gates-bench.ts';
import { memoryOfFacts } from '../study/run/memory-of-facts.ts';
import { STUDY_NOTICES } from '../study/run/words.ts';
import { createInputs } from './inputs.ts';
import { PictureDesk } from './picture-desk.ts';
import type { RequestOf, WorkerRequest, WorkerResponse } from './protocol.ts';
import { precisionFor, Studies } from './studies.ts';

beWatched({ de: async () => (await import('./german.ts')).WORKER_DE });
const scope = self as unknown as DedicatedWorkerGlobalScope;
/** The page's folder, wherever it is hosted: the build puts the worker's file one folder below it. */
const base = new URL(import.meta.env.DEV ? '/' : '../', location.href);

/** Needed only to open or merge an adapter; it brings in a regular expression engine. */
const adapterFiles = () => import('./adapter-files.ts');

let engine: Engine | null = null;
/** Requests that need the engine wait for their turn; pause, resume, step and stop take effect at once. */
const QUEUED: ReadonlySet<WorkerRequest['type']> = new Set([
  'open',
  'probe',
  'plan-memory',
  'measure',
  'run',
  'continue',
  'evaluate',
  'score-gates',
  'predict',
  'look-inside',
  'estimate',
  'join-class',
]);
/** Requests after which the engine has the backbone of a study. */
const STUDIES: ReadonlySet<WorkerRequest['type']> = new Set(['run', 'continue', 'evaluate', 'join-class']);
let queue: Promise<unknown> = Promise.resolve();
/** Running or waiting questions about gates and times; the next request to the engine stops them. */
let questions = new AbortController();
/** Stops nothing. */
const NEVER = new AbortController().signal;
/** The running or waiting measurement of the device. */
let measuring = new AbortController();
/** Answers questions about one study until the engine does something else. */
let bench: { readonly study: string; readonly bench: GatesBench } | null = null;

/** Adapters and pictures are transferred; everything else is copied. */
function transfersOf(response: WorkerResponse): Transferable[] {
  if (response.type === 'event' && response.event.type === 'adapter') return [response.event.adapter.values.buffer];
  return response.type === 'picture-read' ? [response.picture.pixels.buffer] : [];
}

const send = (response: WorkerResponse): void => scope.postMessage(response, transfersOf(response));

const inputs = createInputs(base, (message) => studies.notify(message));
const { loadModel, inputsOf, bundledInputs, outlineOf, openModelFile } = inputs;
const studies = new Studies(inputs, send);
const desk = new PictureDesk(loadModel);

/** @throws Error when no engine is open */
function opened(): Engine {
  if (!engine) throw new Error('The engine is not open.');
  return engine;
}

async function open(request: RequestOf<'open'>): Promise<void> {
  engine?.dispose();
  engine = null;
  const found = await openBrowserEngine(request.backend, (message) => studies.notify(message));
  ({ engine } = found);
  send({ type: 'opened', id: request.id, engine: engine.info, notices: found.notices });
}

async function scoreGates(
  { id, config, precision, adapters }: RequestOf<'score-gates'>,
  { signal }: AbortController,
): Promise<void> {
  const engine = opened();
  const study = JSON.stringify([config, precision]);
  try {
    signal.throwIfAborted();
    if (bench?.study !== study) {
      bench = null;
      bench = { study, bench: await openGatesBench({ config, precision, engine, ...(await inputsOf(config, null)) }) };
    }
    send({ type: 'gates-scored', id, scores: await bench.bench.score(adapters, signal) });
  } catch (error) {
    if (!signal.aborted) throw error;
    send({ type: 'gates-scored', id, scores: null });
  }
}

async function predict({ id, setting, question }: RequestOf<'predict'>, signal: AbortSignal): Promise<void> {
  send({ type: 'predicted', id, answers: await desk.answer(opened, setting, question, signal) });
}

async function lookInside({ id, setting, question }: RequestOf<'look-inside'>, signal: AbortSignal): Promise<void> {
  send({ type: 'looked-inside', id, answer: await desk.lookInside(opened, setting, question, signal) });
}

async function readPicture({ id, config, file }: RequestOf<'read-picture'>): Promise<void> {
  send({ type: 'picture-read', id, picture: await desk.read(config, file) });
}

/** Null when it was stopped. */
async function paceOf(config: StudyConfig, signal: AbortSignal): Promise<number | null> {
  return measuredPace({ config, engine: opened(), ...(await bundledInputs(config)) }, signal);
}

async function estimate({ id, configs, pace }: RequestOf<'estimate'>, { signal }: AbortController): Promise<void> {
  const measured = pace ?? (await paceOf(configs[0], signal));
  const seconds: number[] = [];
  if (measured !== null)
    for (const config of configs) {
      const { model, task } = await outlineOf(config);
      seconds.push(estimatedSeconds(config, model, task, measured));
    }
  send({ type: 'estimated', id, estimate: measured === null ? null : { pace: measured, seconds } });
}

async function readAdapter({ id, config, files }: RequestOf<'read-adapter'>): Promise<void> {
  const [{ readAdapterFor }, model] = await Promise.all([adapterFiles(), loadModel(config)]);
  const adapter = readAdapterFor(model, files);
  send({ type: 'adapter-read', id, adapter });
}

async function mergeWeights(request: RequestOf<'merge-weights'>): Promise<void> {
  const { id, config, adapter, classes } = request;
  const [{ mergeIntoModel }, backbone] = await Promise.all([adapterFiles(), loadModel(config)]);
  const model = await mergeIntoModel(backbone, openModelFile(config), adapter, classes);
  send({ type: 'merged', id, model });
}

/** Whoever joins a class needs what a study needs, but no study. */
async function joinClass({ id, port, dataset }: RequestOf<'join-class'>): Promise<void> {
  const { joinClass: join } = await import('./class-device.ts');
  await join(opened(), inputs, port, dataset);
  send({ type: 'done', id });
}

async function probe(request: RequestOf<'probe'>): Promise<void> {
  send({ type: 'probed', id: request.id, rate: await trainingRate(opened()) });
}

async function planMemory({ id, config, facts }: RequestOf<'plan-memory'>): Promise<void> {
  const planner = opened();
  const precision = await precisionFor(planner);
  send({
    type: 'memory-planned',
    id,
    memory: facts.map((one) => memoryOfFacts(planner, one, config, studies.memoryBytes, precision)),
  });
}

/** Its devices are its own, so the engine keeps its backbone. The chunk brings TensorFlow.js along. */
async function measure({ id, budget }: RequestOf<'measure'>, signal: AbortSignal): Promise<void> {
  try {
    signal.throwIfAborted();
    const { measureHere } = await import('./measure-here.ts');
    const onProgress = (progress: Progress): void => send({ type: 'measuring', id, progress });
    send({ type: 'measured', id, measurement: await measureHere({ budget, signal, onProgress }) });
  } catch (error) {
    if (!signal.aborted) throw error;
    send({ type: 'measured', id, measurement: null });
  }
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
      return studies.run(opened(), request);
    case 'continue':
      return studies.goOn(opened(), request);
    case 'evaluate':
      return studies.evaluate(opened(), request);
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
    case 'join-class':
      return joinClass(request);
    case 'probe':
      return probe(request);
    case 'plan-memory':
      return planMemory(request);
    case 'lead-class':
      studies.crew.lead(request.port);
      break;
    case 'limit-memory':
      studies.memoryBytes = request.bytes ?? undefined;
      break;
    case 'measure':
      return measure(request, measuring.signal);
    case 'stop-measuring':
      measuring.abort();
      break;
    case 'stop-predicting':
      desk.stop(request.question);
      break;
    case 'pause':
      studies.control?.pause();
      break;
    case 'resume':
      studies.control?.resume();
      break;
    case 'step':
      studies.control?.step();
      break;
    case 'stop':
      studies.control?.stop();
      break;
    default:
      return request satisfies never;
  }
  send({ type: 'done', id: request.id });
}

const isAboutPictures = (request: WorkerRequest): request is RequestOf<'predict' | 'look-inside'> =>
  request.type === 'predict' || request.type === 'look-inside';

/** A study has the engine for itself: its steps stay as they are, and a picture is asked about again when it has ended. */
function refused(request: WorkerRequest): boolean {
  if (!isAboutPictures(request) || !studies.isRunning) return false;
  desk.keep(request.setting);
  send({ type: 'failed', id: request.id, message: STUDY_NOTICES.isRunning });
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
  if (STUDIES.has(type) || type === 'open') {
    desk.stop();
    measuring.abort();
  }
  if (type === 'measure') measuring = new AbortController();
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
