/** The study worker: a thin dispatcher. It owns the engine; one study runs at a time. */
import { errorText } from '../core/error-text.ts';
import { beWatched } from '../platform/heartbeat.ts';
import { openBrowserEngine } from '../engine/browser.ts';
import type { Engine } from '../engine/engine.ts';
import type { Measurement } from '../engine/measure/measurement.ts';
import { trainingRate } from '../engine/probe.ts';
import type { StudyConfig } from '../study/config/config.ts';
import { estimatedSeconds, measuredPace } from '../study/run/estimate.ts';
import { openGatesBench, type GatesBench } from '../study/run/gates-bench.ts';
import { memoryOfFacts } from '../study/run/memory-of-facts.ts';
import { STUDY_NOTICES } from '../study/run/words.ts';
import { createInputs } from './inputs.ts';
import { PictureDesk } from './picture-desk.ts';
import type {
  Answer,
  Asked,
  CallName,
  Estimate,
  News,
  OpenedEngine,
  WorkerRequest,
  WorkerResponse,
} from './protocol.ts';
import { precisionFor, Studies } from './studies.ts';

beWatched({ de: async () => (await import('./german.ts')).WORKER_DE });
const scope = self as unknown as DedicatedWorkerGlobalScope;
/** The page's folder, wherever it is hosted: the build puts the worker's file one folder below it. */
const base = new URL(import.meta.env.DEV ? '/' : '../', location.href);

/** Needed only to open or merge an adapter; it brings in a regular expression engine. */
const adapterFiles = () => import('./adapter-files.ts');

let engine: Engine | null = null;
let queue: Promise<unknown> = Promise.resolve();
/** Running or waiting questions about gates and times; the next request to the engine stops them. */
let questions = new AbortController();
/** The running or waiting measurement of the device. */
let measuring = new AbortController();
/** Answers questions about one study until the engine does something else. */
let bench: { readonly study: string; readonly bench: GatesBench } | null = null;

const inputs = createInputs(base, (message) => studies.notify(message));
const { loadModel, inputsOf, bundledInputs, outlineOf, openModelFile } = inputs;
const studies = new Studies(inputs);
const desk = new PictureDesk(loadModel);

/** @throws Error when no engine is open */
function opened(): Engine {
  if (!engine) throw new Error('The engine is not open.');
  return engine;
}

/** What a handler gets beside what it is asked. */
interface Asking<N extends CallName> {
  readonly tell: (news: News<N>, transfers?: Transferable[]) => void;
  /** Stops a question that may be left unanswered. */
  readonly signal: AbortSignal;
}

async function open({ backend }: Asked<'open'>): Promise<OpenedEngine> {
  engine?.dispose();
  engine = null;
  const found = await openBrowserEngine(backend, (message) => studies.notify(message));
  ({ engine } = found);
  return { engine: engine.info, notices: found.notices };
}

async function scoreGates(
  { config, precision, adapters }: Asked<'score-gates'>,
  { signal }: Asking<'score-gates'>,
): Promise<Answer<'score-gates'>> {
  const engine = opened();
  const study = JSON.stringify([config, precision]);
  try {
    signal.throwIfAborted();
    if (bench?.study !== study) {
      bench = null;
      bench = { study, bench: await openGatesBench({ config, precision, engine, ...(await inputsOf(config, null)) }) };
    }
    return await bench.bench.score(adapters, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    return null;
  }
}

/** Null when it was stopped. */
async function paceOf(config: StudyConfig, signal: AbortSignal): Promise<number | null> {
  return measuredPace({ config, engine: opened(), ...(await bundledInputs(config)) }, signal);
}

async function estimate(
  { configs, pace }: Asked<'estimate'>,
  { signal }: Asking<'estimate'>,
): Promise<Estimate | null> {
  const measured = pace ?? (await paceOf(configs[0], signal));
  if (measured === null) return null;
  const seconds: number[] = [];
  for (const config of configs) {
    const { model, task } = await outlineOf(config);
    seconds.push(estimatedSeconds(config, model, task, measured));
  }
  return { pace: measured, seconds };
}

async function readAdapter({ config, files }: Asked<'read-adapter'>): Promise<Answer<'read-adapter'>> {
  const [{ readAdapterFor }, model] = await Promise.all([adapterFiles(), loadModel(config)]);
  return readAdapterFor(model, files);
}

async function mergeWeights({ config, adapter, classes }: Asked<'merge-weights'>): Promise<Answer<'merge-weights'>> {
  const [{ mergeIntoModel }, backbone] = await Promise.all([adapterFiles(), loadModel(config)]);
  return mergeIntoModel(backbone, openModelFile(config), adapter, classes);
}

/** Whoever joins a class needs what a study needs, but no study. */
async function joinClass({ port, dataset }: Asked<'join-class'>): Promise<void> {
  const { joinClass: join } = await import('./class-device.ts');
  await join(opened(), inputs, port, dataset);
}

async function planMemory({ config, facts }: Asked<'plan-memory'>): Promise<Answer<'plan-memory'>> {
  const planner = opened();
  const precision = await precisionFor(planner);
  return facts.map((one) => memoryOfFacts(planner, one, config, studies.memoryBytes, precision));
}

/** Its devices are its own, so the engine keeps its backbone. The chunk brings TensorFlow.js along. */
async function measure({ budget }: Asked<'measure'>, { tell, signal }: Asking<'measure'>): Promise<Measurement | null> {
  try {
    signal.throwIfAborted();
    const { measureHere } = await import('./measure-here.ts');
    return await measureHere({ budget, signal, onProgress: tell });
  } catch (error) {
    if (!signal.aborted) throw error;
    return null;
  }
}

interface Handler<N extends CallName> {
  /** 'now': at once. The others need the engine and wait for their turn; 'study': it has the backbone of a study afterwards. */
  readonly turn: 'now' | 'engine' | 'study';
  readonly answer: (asked: Asked<N>, asking: Asking<N>) => Answer<N> | Promise<Answer<N>>;
  /** What of an answer is transferred; the rest is copied. */
  readonly transfersOf?: (answer: Answer<N>) => Transferable[];
}

const HANDLERS: { readonly [N in CallName]: Handler<N> } = {
  open: { turn: 'engine', answer: open },
  run: { turn: 'study', answer: (asked, { tell }) => studies.run(opened(), asked, tell) },
  continue: { turn: 'study', answer: (asked, { tell }) => studies.goOn(opened(), asked, tell) },
  evaluate: { turn: 'study', answer: (asked, { tell }) => studies.evaluate(opened(), asked, tell) },
  'join-class': { turn: 'study', answer: joinClass },
  'lead-class': { turn: 'now', answer: ({ port }) => studies.crew.lead(port) },
  'score-gates': { turn: 'engine', answer: scoreGates },
  estimate: { turn: 'engine', answer: estimate },
  predict: {
    turn: 'engine',
    answer: ({ setting, question }, { signal }) => desk.answer(opened, setting, question, signal),
  },
  'look-inside': {
    turn: 'engine',
    answer: ({ setting, question }, { signal }) => desk.lookInside(opened, setting, question, signal),
  },
  'stop-predicting': { turn: 'now', answer: ({ question }) => desk.stop(question) },
  'read-picture': {
    turn: 'now',
    answer: ({ config, file }) => desk.read(config, file),
    transfersOf: ({ pixels }) => [pixels.buffer],
  },
  'read-adapter': { turn: 'now', answer: readAdapter },
  'merge-weights': { turn: 'now', answer: mergeWeights },
  probe: { turn: 'engine', answer: () => trainingRate(opened()) },
  'plan-memory': { turn: 'engine', answer: planMemory },
  'limit-memory': { turn: 'now', answer: ({ bytes }) => void (studies.memoryBytes = bytes ?? undefined) },
  measure: { turn: 'engine', answer: measure },
  'stop-measuring': { turn: 'now', answer: () => measuring.abort() },
  pause: { turn: 'now', answer: () => studies.control?.pause() },
  resume: { turn: 'now', answer: () => studies.control?.resume() },
  step: { turn: 'now', answer: () => studies.control?.step() },
  stop: { turn: 'now', answer: () => studies.control?.stop() },
};

const send = <N extends CallName>(response: WorkerResponse<N>, transfers: Transferable[] = []): void =>
  scope.postMessage(response, transfers);

/** Answers a request, or says why it cannot. */
async function handle<N extends CallName>(request: WorkerRequest<N>, signal: AbortSignal): Promise<void> {
  const { id, type } = request;
  const { answer, transfersOf } = HANDLERS[type];
  const tell: Asking<N>['tell'] = (event, transfers) => send<N>({ type: 'event', id, event }, transfers);
  try {
    const found = await answer(request, { tell, signal });
    send<N>({ type: 'done', id, answer: found }, transfersOf?.(found));
  } catch (error) {
    send<N>({ type: 'failed', id, message: errorText(error) });
  }
}

const isAboutPictures = (request: WorkerRequest): request is WorkerRequest<'predict' | 'look-inside'> =>
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
  const { id, type } = data;
  // An estimate at a known pace is arithmetic alone.
  const turn = data.type === 'estimate' && data.pace !== null ? 'now' : HANDLERS[type].turn;
  const forEngine = turn !== 'now';
  // Frames of a camera come often: they wait for other questions, and do not stop them.
  const aboutPictures = isAboutPictures(data);
  if (forEngine && !aboutPictures) {
    questions.abort();
    questions = new AbortController();
  }
  if (turn === 'study' || type === 'open') {
    desk.stop();
    measuring.abort();
  }
  if (type === 'measure') measuring = new AbortController();
  const { signal: stops } = type === 'measure' ? measuring : questions;
  const signal = aboutPictures ? desk.take(id, data.line) : stops;
  const work = (): Promise<void> => {
    // The engine is about to load another backbone.
    if (forEngine && type !== 'score-gates') bench = null;
    if (forEngine && !aboutPictures) desk.forgetEngine();
    if (turn === 'study') desk.forgetModel();
    return handle(data, signal);
  };
  if (forEngine) queue = queue.then(work);
  else void work();
};
