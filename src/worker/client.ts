/**
 * What the page asks of the study worker. Most calls of protocol.ts are sent as they are; those with more to them have methods. The worker owns the engine; the
 * page only ever sees structured-cloneable messages.
 */
import { watched } from '../platform/heartbeat.ts';
import { lendThreads } from '../engine/devices/wasm/lend-threads.ts';
import type { BackendId } from '../engine/backends.ts';
import type { InsideQuestion, PictureInput, PictureQuestion, PredictorSetting } from '../study/predictions/question.ts';
import { connectWorker, type ClassLine, type LeftOpening, type SendOptions, type WorkerLike } from './connection.ts';
import type { Answer, Asked, CallName } from './protocol.ts';

export type { ClassLine, LeftOpening } from './connection.ts';
export { WorkerClosed, WorkerCrash } from './worker-errors.ts';

/** For a worker that runs. */
export type Order = 'pause' | 'resume' | 'step' | 'stop' | 'stop-measuring';

/** Asked by methods of their own. */
type Special = 'open' | 'predict' | 'look-inside' | 'stop-predicting' | 'limit-memory' | 'lead-class' | Order;

/** Whoever asks for some of the calls. */
export interface Asks<N extends CallName> {
  readonly ask: <K extends N>(type: K, asked: Asked<K>, options?: Omit<SendOptions<K>, 'onId'>) => Promise<Answer<K>>;
}

const framesOf = ({ kind, pixels }: PictureInput): Transferable[] => (kind === 'frame' ? [pixels.buffer] : []);

export type StudyWorkerClient = ReturnType<typeof createWorkerClient>;

/**
 * @param spawn starts a worker; called on the first request and again after a crash
 * @param onWait hears what the reader is told while the worker opens a lost device again, and null when it no longer does
 */
export function createWorkerClient(
  spawn: () => WorkerLike,
  left: LeftOpening,
  onWait: (message: string | null) => void = () => undefined,
) {
  /** The setting that the worker has: it is not sent with every question. */
  let held: PredictorSetting | null = null;
  const connection = connectWorker(spawn, () => (held = null), left, onWait);
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

  const ask: Asks<Exclude<CallName, Special>>['ask'] = send;

  return {
    ask,
    open: (backend: BackendId | 'auto') => connection.open(backend),
    /** Null also when the signal stopped it. */
    predict: (setting: PredictorSetting, question: PictureQuestion, signal?: AbortSignal, line = 'predictions') =>
      askAbout('predict', { line, question }, setting, question.pictures.flatMap(framesOf), signal),
    /** Null also when the signal stopped it. */
    lookInside: (setting: PredictorSetting, question: InsideQuestion, signal?: AbortSignal) =>
      askAbout('look-inside', { line: 'inside', question }, setting, framesOf(question.picture), signal),
    /** Also of workers that take the place of this one. @param bytes null: the device decides */
    limitMemory: (bytes: number | null): void => connection.limitMemory(bytes),
    /**
     * Devices of a class train as clients of the federations that follow.
     * @param line null: the class is closed. A federation under way waits for the next one; one that begins without a class simulates its clients
     */
    leadClass: (line: ClassLine | null) => connection.leadClass(line),
    async order(type: Order): Promise<void> {
      if (connection.isRunning) await send(type, {});
    },
    /** Terminates the worker now; pending requests reject. */
    terminate: () => connection.terminate(),
  };
}

/** Starts the real worker as its own module chunk. */
export function spawnStudyWorker(): WorkerLike {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'copra-study' });
  return watched(lendThreads(worker));
}
