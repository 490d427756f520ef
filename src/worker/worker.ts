/** The study worker: a thin dispatcher. It owns the engine; one study runs at a time. */
import { comingCode } from '../platform/coming-code.ts';
import { errorText } from '../core/error-text.ts';
import { beWatched } from '../platform/heartbeat.ts';
import { openBrowserEngine } from '../engine/browser.ts';
import type { DeviceNews } from '../engine/recovering/lasting-engine.ts';
import { trainingRate } from '../engine/pace.ts';
import { isComputedElsewhere } from '../study/checkpoint/study-locks.ts';
import { RunsElsewhere } from '../study/checkpoint/runs-elsewhere.ts';
import type { StudyConfig } from '../study/config/config.ts';
import { estimatedSeconds, measuredPace } from '../study/run/estimate.ts';
import { openGatesBench, type GatesBench } from '../study/run/gates-bench.ts';
import { alikeNotices, tokenised } from '../study/run/objective.ts';
import { memoryOfFacts } from '../study/run/memory-of-facts.ts';
import { STUDY_NOTICES } from '../study/run/words.ts';
import { createInputs } from './inputs.ts';
import { OpenDevice } from './open-device.ts';
import { PictureDesk } from './picture-desk.ts';
import type { Answer, Asked, CallName, DeviceWait, Estimate, News, WorkerRequest, WorkerResponse } from './protocol.ts';
import { precisionFor, Studies, type DeviceFor } from './studies.ts';
import { isAboutPictures, Turns } from './turns.ts';
import { unlessStopped } from './unless-stopped.ts';

beWatched({ de: async () => (await import('./german.ts')).WORKER_DE });
const scope = self as unknown as DedicatedWorkerGlobalScope;
/** The page's folder, wherever it is hosted: the build puts the worker's file one folder below it. */
const base = new URL(import.meta.env.DEV ? '/' : '../', location.href);

/** Needed only to open or merge an adapter; it brings in a regular expression engine. */
const adapterFiles = () => comingCode(import('./adapter-files.ts'));

/** Answers questions about one study until the engine does something else. */
let bench: { readonly study: string; readonly bench: GatesBench } | null = null;

const inputs = createInputs(base, (message) => studies.notify(message));
const { loadModel, inputsOf, bundledInputs, outlineOf, openModelFile } = inputs;
const studies = new Studies(inputs);
const desk = new PictureDesk(loadModel);
const turns = new Turns(desk, {
  forgetBench: () => (bench = null),
  waitUntil: (signal) => device.waitUntil(signal),
});
const deviceNews: DeviceNews = {
  tell: (message) => studies.notify(message),
  tellWait: (message) => scope.postMessage({ type: 'device-wait', message } satisfies DeviceWait),
};
const device = new OpenDevice({
  openEngine: (backend, page) => openBrowserEngine(backend, deviceNews, page),
  isBusy: () => isComputedElsewhere(navigator.locks),
});
const fitting: DeviceFor = (backbone, begunOn) => device.fitting(backbone, begunOn);

/** What a handler gets beside what it is asked. */
interface Asking<N extends CallName> {
  readonly tell: (news: News<N>, transfers?: Transferable[]) => void;
  /** Stops a question that may be left unanswered. */
  readonly signal: AbortSignal;
}

type Handler<N extends CallName> = (asked: Asked<N>, asking: Asking<N>) => Answer<N> | Promise<Answer<N>>;

const scoreGates: Handler<'score-gates'> = ({ config, precision, adapters, own }, { signal }) =>
  unlessStopped(signal, async () => {
    const { engine } = device;
    const study = JSON.stringify([config, precision, own?.digest]);
    if (bench?.study !== study) {
      bench = null;
      const given = own ? { model: await loadModel(config), task: own.task } : await inputsOf(config, null);
      bench = { study, bench: await openGatesBench({ config, precision, engine, ...given }) };
    }
    return bench.bench.score(adapters, signal);
  });

/** Null when it was stopped. */
const paceOf = (config: StudyConfig, signal: AbortSignal): Promise<number | null> =>
  unlessStopped(signal, async () =>
    measuredPace({ config, engine: device.engine, ...(await bundledInputs(config)) }, signal),
  );

async function estimate(
  { configs, dataset, pace }: Asked<'estimate'>,
  { signal }: Asking<'estimate'>,
): Promise<Estimate | null> {
  const measured = pace ?? (await paceOf(configs[0], signal));
  if (measured === null) return null;
  const seconds: number[] = [];
  for (const config of configs) {
    const { model, task } = await (config.task === 'dropped' ? inputsOf(config, dataset) : outlineOf(config));
    seconds.push(estimatedSeconds(config, model, task, measured));
  }
  return { pace: measured, seconds };
}

async function readAdapter({ config, files }: Asked<'read-adapter'>): Promise<Answer<'read-adapter'>> {
  const [{ readAdapterFor }, model] = await Promise.all([adapterFiles(), loadModel(config)]);
  return readAdapterFor(model, files);
}

async function checkClasses({ config, task }: Asked<'check-classes'>): Promise<readonly string[]> {
  return alikeNotices(tokenised(config, await loadModel(config), task));
}

async function mergeWeights({ config, adapter, classes }: Asked<'merge-weights'>): Promise<Answer<'merge-weights'>> {
  const [{ mergeIntoModel }, backbone] = await Promise.all([adapterFiles(), loadModel(config)]);
  return mergeIntoModel(backbone, openModelFile(config), adapter, classes);
}

/** Whoever joins a class needs what a study needs, but no study. */
async function joinClass({ port, dataset }: Asked<'join-class'>): Promise<void> {
  const { joinClass: join } = await comingCode(import('./class-device.ts'));
  await join(device.engine, inputs, port, dataset);
}

async function planMemory({ config, facts }: Asked<'plan-memory'>): Promise<Answer<'plan-memory'>> {
  const planner = device.engine;
  const precision = await precisionFor(planner);
  return facts.map((one) => memoryOfFacts(planner, one, config, studies.memoryBytes, precision));
}

/** Its devices are its own, so the engine keeps its backbone. The chunk brings TensorFlow.js along. */
const measure: Handler<'measure'> = ({ budget }, { tell, signal }) =>
  unlessStopped(signal, async () => {
    const { measureHere } = await comingCode(import('./measure-here.ts'));
    return measureHere({ budget, signal, onProgress: tell });
  });

const HANDLERS: { readonly [N in CallName]: Handler<N> } = {
  open: ({ backend, page }) => device.open(backend, page),
  run: (asked, { tell }) => studies.run(fitting, asked, tell),
  continue: (asked, { tell }) => studies.goOn(fitting, asked, tell),
  evaluate: (asked, { tell }) => studies.evaluate(() => Promise.resolve(device.present), asked, tell),
  'join-class': joinClass,
  'lead-class': ({ port }) => studies.crew.lead(port),
  'score-gates': scoreGates,
  estimate,
  predict: ({ setting, question }, { signal }) => desk.answer(() => device.engine, setting, question, signal),
  'look-inside': ({ setting, question }, { signal }) => desk.lookInside(() => device.engine, setting, question, signal),
  'stop-predicting': ({ question }) => desk.stop(question),
  'read-picture': ({ config, file }) => desk.read(config, file),
  'read-adapter': readAdapter,
  'check-classes': checkClasses,
  'merge-weights': mergeWeights,
  probe: () => trainingRate(device.engine),
  'plan-memory': planMemory,
  'limit-memory': ({ bytes }) => void (studies.memoryBytes = bytes ?? undefined),
  measure,
  'stop-measuring': () => turns.stop('measure'),
  pause: () => studies.control?.pause(),
  resume: () => studies.control?.resume(),
  step: () => studies.control?.step(),
  stop: () => studies.control?.stop(),
};

/** What of an answer is transferred; the rest is copied. */
const TRANSFERS: { readonly [N in CallName]?: (answer: Answer<N>) => Transferable[] } = {
  'read-picture': ({ pixels }) => [pixels.buffer],
};

const send = <N extends CallName>(response: WorkerResponse<N>, transfers: Transferable[] = []): void =>
  scope.postMessage(response, transfers);

/** Answers a request, or says why it cannot. */
async function handle<N extends CallName>(request: WorkerRequest<N>, signal: AbortSignal): Promise<void> {
  const { id, type } = request;
  const tell: Asking<N>['tell'] = (event, transfers) => send<N>({ type: 'event', id, event }, transfers);
  try {
    const answer: Answer<N> = await HANDLERS[type](request, { tell, signal });
    send<N>({ type: 'done', id, answer }, TRANSFERS[type]?.(answer));
  } catch (error) {
    const why = error instanceof RunsElsewhere ? { why: 'runs-elsewhere' as const } : {};
    send<N>({ type: 'failed', id, message: errorText(error), ...why });
  }
}

/** A study has the engine for itself: its steps stay as they are, and a picture is asked about again when it has ended. */
function refused(request: WorkerRequest): boolean {
  if (!isAboutPictures(request) || !studies.isRunning) return false;
  desk.keep(request.setting);
  send({ type: 'failed', id: request.id, message: STUDY_NOTICES.isRunning });
  return true;
}

scope.onmessage = ({ data }: MessageEvent<WorkerRequest>) => {
  if (!refused(data)) turns.take(data, (signal) => handle(data, signal));
};
