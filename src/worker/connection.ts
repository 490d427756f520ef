/**
 * The page's line to the study worker: numbers requests, passes on the news of each, settles it by its answer, and replaces a worker that crashed or hangs. A new
 * worker has the engine, the bound on memory and the class that the page chose last.
 */
import { isAppleTouch } from '../platform/apple-touch.ts';
import { isUnloaded } from '../platform/heartbeat.ts';
import type { BackendId } from '../engine/backends.ts';
import type { PageFacts } from '../engine/page-facts.ts';
import {
  isQuestion,
  type Answer,
  type Asked,
  type CallName,
  type DeviceWait,
  type News,
  type OpenedEngineInfo,
  type WorkerRequest,
  type WorkerResponse,
} from './protocol.ts';
import { UnansweredRequests, type Unanswered } from './unanswered.ts';
import { WORKER_WORDS } from './words.ts';
import { WorkerClosed, WorkerCrash, WorkerNotLoaded } from './worker-errors.ts';

/** The part of a Worker (or a MessagePort in tests) in use. */
export interface WorkerLike {
  postMessage(message: WorkerRequest, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<WorkerResponse | DeviceWait>) => void): void;
  addEventListener(type: 'error', listener: (event: { message?: string }) => void): void;
  terminate(): void;
}

export interface SendOptions<N extends CallName> {
  /** Hears what comes before the answer. */
  readonly onNews?: (news: News<N>) => void;
  readonly transfer?: Transferable[];
  /** Receives the number of the request. */
  readonly onId?: (id: number) => void;
}

/** The line between a worker and the class that the page leads. */
export interface ClassLine {
  /** Makes the port to the devices of the class, for every worker anew. */
  readonly connect: () => MessagePort;
  /** The worker has ended, with the study that it asked them for. */
  readonly ended: () => void;
}

export interface WorkerConnection {
  /** Whether there is a worker: orders are for one that runs. */
  readonly isRunning: boolean;
  /** Starts a worker where there is none. Rejects with why the worker fails, WorkerCrash or WorkerClosed. */
  readonly send: <N extends CallName>(type: N, asked: Asked<N>, options?: SendOptions<N>) => Promise<Answer<N>>;
  /** Opens a device, without a worker that hangs in a question about another. */
  open(backend: BackendId | 'auto'): Promise<OpenedEngineInfo>;
  /** @param bytes null: the device decides */
  limitMemory(bytes: number | null): void;
  /** @param line null: there is no class */
  leadClass(line: ClassLine | null): Promise<void>;
  /** Ends the worker; what it was asked rejects with WorkerClosed. */
  terminate(): void;
}

/**
 * Tells a look at a device that the reader ended, by leaving the page or stopping what needed it, from one that ended with its browser or its computer: only that
 * says something of the device.
 */
export interface LeftOpening {
  /** The reader ends one. */
  note(): void;
  /** Whether one did since the last call. */
  take(): boolean;
  /** @returns stops it */
  onLeave(listener: () => void): () => void;
}

/** Whether an opening looks at a graphics card. What never does says nothing of the last try of one. */
const triesCard = (backend: BackendId | 'auto'): boolean => backend === 'auto' || backend === 'webgpu';

/** What another device need not wait for. */
const givesWay = (type: CallName): boolean => isQuestion(type) || type === 'probe';

/** How long another device waits for a question to end. The worker stops between two commands, of which one can take minutes on a slow device. */
const PATIENCE_MS = 3000;

/**
 * @param spawn starts a worker; called on the first request and again after a crash
 * @param onEnd hears that a worker has ended, with all that it kept
 * @param onWait hears what the reader is told while the worker opens a lost device again, and null when it no longer does
 */
export function connectWorker(
  spawn: () => WorkerLike,
  onEnd: () => void,
  left: LeftOpening,
  onWait: (message: string | null) => void,
): WorkerConnection {
  const isTouch = typeof navigator !== 'undefined' && isAppleTouch(navigator); // not in Node 20
  let worker: WorkerLike | null = null;
  let nextId = 1;
  let backend: BackendId | 'auto' = 'auto';
  let memoryBytes: number | null = null;
  let classLine: ClassLine | null = null;
  let unanswered = new UnansweredRequests();
  /** Hears that the page is left, while there is a worker. */
  const hearLeave = (): (() => void) =>
    left.onLeave(() => {
      if (unanswered.isLooking) left.note();
    });
  let unhear = (): void => undefined;

  /** What is told with every opening. */
  const factsOf = (choice: BackendId | 'auto'): PageFacts => ({
    isAppleTouch: isTouch,
    wasLeft: triesCard(choice) && left.take(),
  });

  /** Ends the worker. @param isCrash whether it is dead already @returns what it was asked */
  const end = (isCrash = false): Unanswered[] => {
    if (!isCrash && unanswered.isLooking) left.note();
    worker?.terminate();
    worker = null;
    unhear();
    onEnd();
    onWait(null);
    classLine?.ended();
    const lost = [...unanswered.values()];
    unanswered = new UnansweredRequests();
    return lost;
  };

  const drop = (error: Error): void => {
    for (const { reject } of end(!(error instanceof WorkerClosed))) reject(error);
  };

  const start = (): WorkerLike => {
    const fresh = spawn();
    unhear = hearLeave();
    fresh.addEventListener('message', ({ data }) => {
      if (worker !== fresh) return;
      if (data.type === 'device-wait') onWait(data.message);
      else unanswered.receive(data);
    });
    fresh.addEventListener('error', (event) => {
      if (worker === fresh) drop(isUnloaded(event) ? new WorkerNotLoaded() : new WorkerCrash(event.message));
    });
    return fresh;
  };

  const post = (asked: Unanswered, transfer?: Transferable[]): void => {
    unanswered.set(asked.request.id, asked);
    worker?.postMessage(asked.request, transfer);
  };

  /**
   * Tells a new worker what the page chose last, before its first request.
   * @param type of that request, which may be a choice itself @param fail hears why no device opens: the request cannot succeed then
   */
  const prepare = (fresh: WorkerLike, type: CallName, fail: (error: Error) => void): void => {
    if (type !== 'open') {
      const request = { type: 'open', id: nextId++, backend, page: factsOf(backend) } as const;
      post({ request, resolve: () => undefined, reject: fail });
    }
    if (memoryBytes !== null && type !== 'limit-memory')
      fresh.postMessage({ type: 'limit-memory', id: nextId++, bytes: memoryBytes });
    if (classLine && type !== 'lead-class') {
      const port = classLine.connect();
      fresh.postMessage({ type: 'lead-class', id: nextId++, port }, [port]);
    }
  };

  const send: WorkerConnection['send'] = (type, asked, { onNews, transfer, onId } = {}) =>
    new Promise((resolve, reject) => {
      const isFresh = worker === null;
      worker ??= start();
      const id = nextId++;
      onId?.(id);
      if (isFresh)
        prepare(worker, type, (error) => {
          unanswered.delete(id);
          reject(error);
        });
      const request = { ...asked, type, id } as WorkerRequest;
      post({ request, resolve: resolve as Unanswered['resolve'], reject, onNews }, transfer);
    });

  /** Replaces a worker that hangs in a question by one that opens what was chosen last and does what else the last one was asked. */
  const replace = (): void => {
    const lost = end();
    const opened = send('open', { backend, page: factsOf(backend) });
    for (const asked of lost) {
      const { request, resolve, reject } = asked;
      if (request.type === 'open') opened.then(resolve, reject);
      else if (isQuestion(request.type)) resolve(null);
      else if (request.type === 'lead-class') resolve(undefined); // the new worker has heard of the class
      else if (request.type === 'join-class') reject(new WorkerClosed(WORKER_WORDS.closed)); // its port is gone with the worker
      else post({ ...asked, request: { ...request, id: nextId++ } });
    }
  };

  return {
    get isRunning() {
      return worker !== null;
    },
    send,
    open(choice) {
      backend = choice;
      const questions = [...unanswered.values()].filter(({ request }) => givesWay(request.type));
      const opened = send('open', { backend: choice, page: factsOf(choice) });
      if (questions.length === 0) return opened;
      const timer = setTimeout(() => {
        if (questions.some(({ request }) => unanswered.has(request.id))) replace();
      }, PATIENCE_MS);
      return opened.finally(() => clearTimeout(timer));
    },
    limitMemory(bytes) {
      memoryBytes = bytes;
      if (worker) void send('limit-memory', { bytes }).catch(() => undefined);
    },
    async leadClass(line) {
      classLine = line;
      if (!worker) return; // it hears of the class when it is started
      const port = line && line.connect();
      await send('lead-class', { port }, { transfer: port ? [port] : [] });
    },
    terminate: () => drop(new WorkerClosed(WORKER_WORDS.closed)),
  };
}
