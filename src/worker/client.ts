/**
 * What the page asks of the study worker: a method for every call of protocol.ts, which says what it does. The worker owns the engine; the page only ever sees
 * structured-cloneable messages.
 */
import { watched } from '../platform/heartbeat.ts';
import { lendThreads } from '../engine/devices/wasm/lend-threads.ts';
import type { BackendId } from '../engine/backends.ts';
import type { Progress } from '../engine/measure/run-protocol.ts';
import type { ModelFacts } from '../model/model-facts.ts';
import type { FlatAdapter } from '../model/peft/write.ts';
import type { StudyConfig } from '../study/config/config.ts';
import type { GivenAdapter } from '../study/config/evaluation-config.ts';
import type { NotedPrecision } from '../study/kernels/study-precision.ts';
import type {
  InsideAnswer,
  InsideQuestion,
  PictureAnswers,
  PictureInput,
  PictureQuestion,
  PredictorSetting,
} from '../study/predictions/question.ts';
import type { StudyEvent } from '../study/result/events.ts';
import type { KnownStudy } from '../study/result/known-study.ts';
import type { GatedAdapter } from '../study/run/gates-bench.ts';
import { connectWorker, type WorkerLike } from './connection.ts';
import type { Answer, Asked, DroppedDataset, PeftBytes } from './protocol.ts';

export { WorkerClosed, WorkerCrash } from './connection.ts';

const framesOf = ({ kind, pixels }: PictureInput): Transferable[] => (kind === 'frame' ? [pixels.buffer] : []);

export type StudyWorkerClient = ReturnType<typeof createWorkerClient>;

/** @param spawn starts a worker; called on the first request and again after a crash. */
export function createWorkerClient(spawn: () => WorkerLike) {
  /** The setting that the worker has: it is not sent with every question. */
  let held: PredictorSetting | null = null;
  const connection = connectWorker(spawn, () => (held = null));
  const { send } = connection;

  /** Null when the signal came first. */
  const askAbout = async <N extends 'predict' | 'look-inside'>(
    type: N,
    asked: Omit<Asked<N>, 'setting'>,
    setting: PredictorSetting,
    transfer: Transferable[],
    signal?: AbortSignal,
  ): Promise<Answer<N> | null> => {
    if (signal?.aborted) return null;
    let id = 0;
    const body = { ...asked, setting: held === setting ? null : setting } as Asked<N>;
    const sent = send(type, body, { transfer, onId: (own) => (id = own) });
    held = setting;
    const stop = (): void => {
      if (connection.isRunning) void send('stop-predicting', { question: id }).catch(() => undefined);
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

  /** For a worker that runs. */
  const order = async (type: 'pause' | 'resume' | 'step' | 'stop' | 'stop-measuring'): Promise<void> => {
    if (connection.isRunning) await send(type, {});
  };

  return {
    open: (backend: BackendId | 'auto') => connection.open(backend),
    /** Resolves when the study has ended, completely or by `stop`; events arrive before. */
    run: (
      config: StudyConfig,
      dataset: DroppedDataset | null,
      onEvent: (event: StudyEvent) => void,
      known: KnownStudy | null = null,
      study: string | null = null,
    ) => send('run', { config, dataset, known, study }, { onNews: onEvent }),
    /** @param simulates clients that a class trained are simulated; false: it waits for the class */
    continueStudy: (study: string, onEvent: (event: StudyEvent) => void, simulates = false) =>
      send('continue', { study, simulates }, { onNews: onEvent }),
    evaluate: (
      config: StudyConfig,
      dataset: DroppedDataset | null,
      adapters: readonly GivenAdapter[],
      onEvent: (event: StudyEvent) => void,
    ) => send('evaluate', { config, dataset, adapters }, { onNews: onEvent }),
    readAdapter: (config: StudyConfig, files: PeftBytes) => send('read-adapter', { config, files }),
    mergeWeights: (config: StudyConfig, adapter: FlatAdapter, classes: readonly string[]) =>
      send('merge-weights', { config, adapter, classes }),
    scoreGates: (config: StudyConfig, precision: NotedPrecision, adapters: readonly GatedAdapter[]) =>
      send('score-gates', { config, precision, adapters }),
    /** Null also when the signal stopped it. */
    predict: (
      setting: PredictorSetting,
      question: PictureQuestion,
      signal?: AbortSignal,
      line = 'predictions',
    ): Promise<PictureAnswers | null> =>
      askAbout('predict', { line, question }, setting, question.pictures.flatMap(framesOf), signal),
    /** Null also when the signal stopped it. */
    lookInside: (
      setting: PredictorSetting,
      question: InsideQuestion,
      signal?: AbortSignal,
    ): Promise<InsideAnswer | null> =>
      askAbout('look-inside', { line: 'inside', question }, setting, framesOf(question.picture), signal),
    readPicture: (config: PredictorSetting['config'], file: Blob) => send('read-picture', { config, file }),
    estimate: (configs: readonly StudyConfig[], pace: number | null) => send('estimate', { configs, pace }),
    probe: () => send('probe', {}),
    planMemory: (config: StudyConfig, facts: readonly ModelFacts[]) => send('plan-memory', { config, facts }),
    /** Also of workers that take the place of this one. @param bytes null: the device decides */
    limitMemory: (bytes: number | null): void => connection.limitMemory(bytes),
    /** @param budget seconds */
    measure: (budget: number, onProgress: (progress: Progress) => void) =>
      send('measure', { budget }, { onNews: onProgress }),
    stopMeasuring: () => order('stop-measuring'),
    /**
     * Devices of a class train as clients of the federations that follow.
     * @param connect makes the port over which the worker hears of them, called again when a worker is replaced; null: the class is closed. A federation
     * under way waits for the next one; one that begins without a class simulates its clients
     */
    leadClass: (connect: (() => MessagePort) | null) => connection.leadClass(connect),
    joinClass: (port: MessagePort, dataset: DroppedDataset | null) =>
      send('join-class', { port, dataset }, { transfer: [port] }),
    pause: () => order('pause'),
    resume: () => order('resume'),
    step: () => order('step'),
    stop: () => order('stop'),
    /** Terminates the worker now; pending requests reject. */
    terminate: () => connection.terminate(),
  };
}

/** Starts the real worker as its own module chunk. */
export function spawnStudyWorker(): WorkerLike {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'copra-study' });
  return watched(lendThreads(worker));
}
