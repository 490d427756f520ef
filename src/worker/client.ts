/**
 * The page's side of the study worker: numbers requests, resolves each by its answer, forwards study events, and replaces a crashed worker. The worker owns the
 * engine; the page only ever sees structured-cloneable messages.
 */
import { watched } from '../platform/heartbeat.ts';
import type { BackendId, EngineInfo } from '../engine/engine.ts';
import type { Measurement } from '../engine/measure/measurement.ts';
import type { Progress } from '../engine/measure/run-protocol.ts';
import type { ModelFacts } from '../model/model-facts.ts';
import type { NotedPrecision } from '../study/kernels/study-precision.ts';
import type { StudyConfig } from '../study/config/config.ts';
import type { StudyEvent } from '../study/result/events.ts';
import type { KnownStudy } from '../study/result/known-study.ts';
import type { MemoryNote } from '../study/result/memory-note.ts';
import type { GatedAdapter, GateScores } from '../study/run/gates-bench.ts';
import type {
  InsideAnswer,
  InsideQuestion,
  PictureAnswers,
  PictureInput,
  PictureQuestion,
  PredictorSetting,
} from '../study/predictions/question.ts';
import type { FlatAdapter } from '../model/peft/write.ts';
import type { GivenAdapter } from '../study/config/evaluation-config.ts';
import type {
  DroppedDataset,
  Estimate,
  MergedModel,
  PeftBytes,
  ReadAdapter,
  WorkerRequest,
  WorkerResponse,
} from './protocol.ts';
import { WORKER_WORDS } from './words.ts';

/** The part of a Worker (or a MessagePort in tests) the client needs. */
export interface WorkerLike {
  postMessage(message: WorkerRequest, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<WorkerResponse>) => void): void;
  addEventListener(type: 'error', listener: (event: { message?: string }) => void): void;
  terminate(): void;
}

/** The worker died: everything it held (the engine, unfinished runs) is gone. The next request starts a new one. */
export class WorkerCrash extends Error {
  override readonly name = 'WorkerCrash';
  /** The browser's message, for people; empty if it gives none. */
  readonly reason: string;

  constructor(reason = '') {
    super(WORKER_WORDS.crashed(reason));
    this.reason = reason;
  }
}

/** The worker was terminated on request. */
export class WorkerClosed extends Error {
  override readonly name = 'WorkerClosed';
}

export interface OpenedEngine {
  readonly engine: EngineInfo;
  readonly notices: readonly string[];
}

export interface StudyWorkerClient {
  /** Creates the engine. Rejects with the worker's reason when no backend of that kind works here. */
  open(backend: BackendId | 'auto'): Promise<OpenedEngine>;
  /** Resolves when the study has ended, completely or by `stop`; events arrive before. */
  run(
    config: StudyConfig,
    dataset: DroppedDataset | null,
    onEvent: (event: StudyEvent) => void,
    /** A study to which seeds are added. */
    known?: KnownStudy | null,
    /** The name under which it is saved while it runs and can be continued (continueStudy). */
    study?: string | null,
  ): Promise<void>;
  /** Like `run`, for an interrupted study: continues from its checkpoint. @param simulates clients that a class trained are simulated; false: it waits for the class */
  continueStudy(study: string, onEvent: (event: StudyEvent) => void, simulates?: boolean): Promise<void>;
  /** Like `run`, for existing adapters; `config` is the result of evaluationConfig. */
  evaluate(
    config: StudyConfig,
    dataset: DroppedDataset | null,
    adapters: readonly GivenAdapter[],
    onEvent: (event: StudyEvent) => void,
  ): Promise<void>;
  /** Reads a PEFT adapter for the backbone of `config`. Rejects with what does not fit. */
  readAdapter(config: StudyConfig, files: PeftBytes): Promise<ReadAdapter>;
  /** The backbone of `config` with an adapter merged into its weights; `classes` name those of a trained classifier. */
  mergeWeights(config: StudyConfig, adapter: FlatAdapter, classes: readonly string[]): Promise<MergedModel>;
  /** Scores adapters with layers off, on the bundled task of `config`. Null if a newer request to the engine stopped it. */
  scoreGates(
    config: StudyConfig,
    precision: NotedPrecision,
    adapters: readonly GatedAdapter[],
  ): Promise<GateScores | null>;
  /**
   * Predictions on single pictures. Of a line the newest question is answered; null when a newer one, a study or the signal stopped it. Rejects while a
   * study runs. Frames are transferred: their pixels cannot be used again.
   */
  predict(
    setting: PredictorSetting,
    question: PictureQuestion,
    signal?: AbortSignal,
    line?: string,
  ): Promise<PictureAnswers | null>;
  /** What variants attend to on one picture. The rules are those of predictions. */
  lookInside(setting: PredictorSetting, question: InsideQuestion, signal?: AbortSignal): Promise<InsideAnswer | null>;
  /** An image file as the backbone sees it. Rejects with why it is no picture. */
  readPicture(config: PredictorSetting['config'], file: Blob): Promise<PictureInput>;
  /**
   * How long studies on bundled tasks will take. Null if a newer request to the engine stopped it.
   * @param pace seconds per image pass, as measured before; null: measure them, for about a second
   */
  estimate(configs: readonly StudyConfig[], pace: number | null): Promise<Estimate | null>;
  /** Multiplications and additions per second in training, measured for about a second. */
  probe(): Promise<number>;
  /** The memory that a study of these settings would need on each of these backbones; null where it adapts nothing. */
  planMemory(config: StudyConfig, facts: readonly ModelFacts[]): Promise<readonly (MemoryNote | null)[]>;
  /** Bounds the memory of trainings. @param bytes null: the device decides */
  limitMemory(bytes: number | null): void;
  /**
   * Measures the device. Null when it was stopped: by stopMeasuring, a study or another engine.
   * @param budget seconds
   */
  measure(budget: number, onProgress: (progress: Progress) => void): Promise<Measurement | null>;
  stopMeasuring(): Promise<void>;
  /**
   * Devices of a class train as clients of the federations that follow.
   * @param connect makes the port over which the worker hears of them, called again when a worker is replaced; null: the class is closed. A federation
   * under way waits for the next one; one that begins without a class simulates its clients
   */
  leadClass(connect: (() => MessagePort) | null): Promise<void>;
  /** Trains as a client of a class until the port is closed. @param dataset images of this device; null: its part of the study's */
  joinClass(port: MessagePort, dataset: DroppedDataset | null): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  step(): Promise<void>;
  stop(): Promise<void>;
  /** Terminates the worker now; pending requests reject. */
  terminate(): void;
}

/** What the worker answers to questions that another device stops. */
const STOPPED = {
  estimate: { type: 'estimated', estimate: null },
  'score-gates': { type: 'gates-scored', scores: null },
  predict: { type: 'predicted', answers: null },
  'look-inside': { type: 'looked-inside', answer: null },
  measure: { type: 'measured', measurement: null },
} as const;

const isQuestion = (type: WorkerRequest['type']): type is keyof typeof STOPPED => type in STOPPED;

/** What another device need not wait for. */
const givesWay = (type: WorkerRequest['type']): boolean => isQuestion(type) || type === 'probe';

/** How long another device waits for a question to end. The worker stops between two commands, of which one can take minutes on a slow device. */
const PATIENCE_MS = 3000;

type RequestBody = WorkerRequest extends infer R ? (R extends WorkerRequest ? Omit<R, 'id'> : never) : never;

interface Pending {
  readonly body: RequestBody;
  readonly resolve: (value: WorkerResponse) => void;
  readonly reject: (error: Error) => void;
  readonly onEvent: ((event: StudyEvent) => void) | null;
  readonly onProgress?: (progress: Progress) => void;
}

const framesOf = ({ kind, pixels }: PictureInput): Transferable[] => (kind === 'frame' ? [pixels.buffer] : []);

/** @throws Error when the worker's answer is not of the kind that the request calls for. */
function answerOf<T extends WorkerResponse['type']>(
  response: WorkerResponse,
  type: T,
): Extract<WorkerResponse, { type: T }> {
  if (response.type !== type) throw new Error(`The study worker answered "${response.type}" where "${type}" was due.`);
  return response as Extract<WorkerResponse, { type: T }>;
}

/** @param spawn starts a worker; called on the first request and again after a crash. */
export function createWorkerClient(spawn: () => WorkerLike): StudyWorkerClient {
  let worker: WorkerLike | null = null;
  let nextId = 1;
  let backend: BackendId | 'auto' = 'auto';
  let memoryBytes: number | null = null;
  const pending = new Map<number, Pending>();
  /** The setting that the worker has: it is not sent with every question. */
  let held: PredictorSetting | null = null;
  /** Makes the port to the devices of a class; null: there is none. */
  let connectClass: (() => MessagePort) | null = null;

  /** Ends the worker. @returns what it was asked */
  const end = (): [number, Pending][] => {
    worker?.terminate();
    worker = null;
    held = null;
    const lost = [...pending];
    pending.clear();
    return lost;
  };

  const drop = (error: Error): void => {
    for (const [, request] of end()) request.reject(error);
  };

  const receive = (response: WorkerResponse): void => {
    const request = pending.get(response.id);
    if (!request) return;
    switch (response.type) {
      case 'event':
        request.onEvent?.(response.event);
        return;
      case 'measuring':
        request.onProgress?.(response.progress);
        return;
      case 'opened':
      case 'adapter-read':
      case 'merged':
      case 'gates-scored':
      case 'predicted':
      case 'looked-inside':
      case 'picture-read':
      case 'probed':
      case 'memory-planned':
      case 'measured':
      case 'estimated':
      case 'done':
        pending.delete(response.id);
        request.resolve(response);
        return;
      case 'failed':
        pending.delete(response.id);
        request.reject(new Error(response.message));
        return;
      default:
        response satisfies never;
    }
  };

  const start = (): WorkerLike => {
    const fresh = spawn();
    fresh.addEventListener('message', (event) => {
      if (worker === fresh) receive(event.data);
    });
    fresh.addEventListener('error', (event) => {
      if (worker !== fresh) return;
      drop(new WorkerCrash(event.message));
    });
    return fresh;
  };

  interface SendOptions {
    readonly onEvent?: Pending['onEvent'];
    readonly onProgress?: Pending['onProgress'];
    readonly transfer?: Transferable[];
    /** Receives the number of the request. */
    readonly onId?: (id: number) => void;
  }

  const send = (
    body: RequestBody,
    { onEvent = null, onProgress, transfer, onId }: SendOptions = {},
  ): Promise<WorkerResponse> =>
    new Promise((resolve, reject) => {
      const fresh = worker === null;
      worker ??= start();
      const id = nextId++;
      onId?.(id);
      pending.set(id, { body, resolve, reject, onEvent, onProgress });
      if (fresh && body.type !== 'open') {
        // A new worker has no engine: reopen the one the page last used. Without it the request itself cannot succeed.
        const opening = nextId++;
        const open = { type: 'open', backend } as const;
        const fail = (error: Error): void => {
          pending.delete(id);
          reject(error);
        };
        pending.set(opening, { body: open, resolve: () => undefined, reject: fail, onEvent: null });
        worker.postMessage({ ...open, id: opening });
      }
      if (fresh && memoryBytes !== null && body.type !== 'limit-memory')
        worker.postMessage({ type: 'limit-memory', id: nextId++, bytes: memoryBytes });
      if (fresh && connectClass && body.type !== 'lead-class') {
        const port = connectClass();
        worker.postMessage({ type: 'lead-class', id: nextId++, port }, [port]);
      }
      worker.postMessage({ ...body, id }, transfer);
    });

  /** Replaces a worker that hangs in a question by one that opens what was chosen last and does what else the last one was asked. */
  const replace = (): void => {
    const lost = end();
    const opened = send({ type: 'open', backend });
    for (const [id, request] of lost) {
      const { body, resolve, reject } = request;
      if (body.type === 'open') opened.then(resolve, reject);
      else if (isQuestion(body.type)) resolve({ ...STOPPED[body.type], id });
      else if (body.type === 'lead-class')
        resolve({ type: 'done', id }); // the new worker has heard of the class
      else if (body.type === 'join-class')
        reject(new WorkerClosed(WORKER_WORDS.closed)); // its port is gone with the worker
      else {
        const again = nextId++;
        pending.set(again, request);
        worker?.postMessage({ ...body, id: again });
      }
    }
  };

  /** Opens a device, without a worker that hangs in a question about another. */
  const openDevice = (choice: BackendId | 'auto'): Promise<WorkerResponse> => {
    const questions = [...pending].filter(([, { body }]) => givesWay(body.type)).map(([id]) => id);
    const opened = send({ type: 'open', backend: choice });
    if (questions.length === 0) return opened;
    const timer = setTimeout(() => {
      if (questions.some((id) => pending.has(id))) replace();
    }, PATIENCE_MS);
    return opened.finally(() => clearTimeout(timer));
  };

  type AboutPictures = Extract<RequestBody, { readonly setting: PredictorSetting | null }>;
  type WithoutSetting = AboutPictures extends infer R ? (R extends AboutPictures ? Omit<R, 'setting'> : never) : never;

  /** Null when the signal came first. */
  const askAbout = async (
    body: WithoutSetting,
    setting: PredictorSetting,
    transfer: Transferable[],
    signal?: AbortSignal,
  ): Promise<WorkerResponse | null> => {
    if (signal?.aborted) return null;
    let id = 0;
    const sent = send({ ...body, setting: held === setting ? null : setting }, { transfer, onId: (own) => (id = own) });
    held = setting;
    const stop = (): void => {
      if (worker) void send({ type: 'stop-predicting', question: id }).catch(() => undefined);
    };
    signal?.addEventListener('abort', stop);
    try {
      return await sent;
    } catch (error) {
      held = null; // it may have failed before the worker kept the setting
      throw error;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  };

  const order = async (type: 'pause' | 'resume' | 'step' | 'stop' | 'stop-measuring'): Promise<void> => {
    if (worker) await send({ type });
  };

  return {
    async open(choice) {
      backend = choice;
      const { engine, notices } = answerOf(await openDevice(choice), 'opened');
      return { engine, notices };
    },
    async run(config, dataset, onEvent, known = null, study = null) {
      await send({ type: 'run', config, dataset, known, study }, { onEvent });
    },
    async continueStudy(study, onEvent, simulates = false) {
      await send({ type: 'continue', study, simulates }, { onEvent });
    },
    async evaluate(config, dataset, adapters, onEvent) {
      await send({ type: 'evaluate', config, dataset, adapters }, { onEvent });
    },
    async readAdapter(config, files) {
      return answerOf(await send({ type: 'read-adapter', config, files }), 'adapter-read').adapter;
    },
    async mergeWeights(config, adapter, classes) {
      return answerOf(await send({ type: 'merge-weights', config, adapter, classes }), 'merged').model;
    },
    async scoreGates(config, precision, adapters) {
      return answerOf(await send({ type: 'score-gates', config, precision, adapters }), 'gates-scored').scores;
    },
    async predict(setting, question, signal, line = 'predictions') {
      const transfer = question.pictures.flatMap(framesOf);
      const response = await askAbout({ type: 'predict', line, question }, setting, transfer, signal);
      return response && answerOf(response, 'predicted').answers;
    },
    async lookInside(setting, question, signal) {
      const body = { type: 'look-inside', line: 'inside', question } as const;
      const response = await askAbout(body, setting, framesOf(question.picture), signal);
      return response && answerOf(response, 'looked-inside').answer;
    },
    async readPicture(config, file) {
      return answerOf(await send({ type: 'read-picture', config, file }), 'picture-read').picture;
    },
    async estimate(configs, pace) {
      return answerOf(await send({ type: 'estimate', configs, pace }), 'estimated').estimate;
    },
    async probe() {
      return answerOf(await send({ type: 'probe' }), 'probed').rate;
    },
    async planMemory(config, facts) {
      return answerOf(await send({ type: 'plan-memory', config, facts }), 'memory-planned').memory;
    },
    limitMemory(bytes) {
      memoryBytes = bytes;
      if (worker) void send({ type: 'limit-memory', bytes }).catch(() => undefined);
    },
    async measure(budget, onProgress) {
      return answerOf(await send({ type: 'measure', budget }, { onProgress }), 'measured').measurement;
    },
    stopMeasuring: () => order('stop-measuring'),
    async leadClass(connect) {
      connectClass = connect;
      if (!worker) return; // it hears of the class when it is started
      const port = connect && connect();
      await send({ type: 'lead-class', port }, { transfer: port ? [port] : [] });
    },
    async joinClass(port, dataset) {
      await send({ type: 'join-class', port, dataset }, { transfer: [port] });
    },
    pause: () => order('pause'),
    resume: () => order('resume'),
    step: () => order('step'),
    stop: () => order('stop'),
    terminate: () => drop(new WorkerClosed(WORKER_WORDS.closed)),
  };
}

/** Starts the real worker as its own module chunk. */
export function spawnStudyWorker(): WorkerLike {
  return watched(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'copra-study' }));
}
