/** The page's end of the data worker: one worker holds one data set and ends when the data set is closed. */
import { watched } from '../../platform/heartbeat.ts';
import { squareGeometry, type ImageGeometry } from '../../model/image-geometry.ts';
import type { ReadingChoice } from '../formats/records.ts';
import { drawSvg } from '../image/draw-svg.ts';
import type { DataReply, DataRequest } from './worker-messages.ts';
import { CLIENT_WORDS } from './client-words.ts';
import type { DatasetPlan } from './plan.ts';
import type { PreparedImages } from './prepare.ts';
import type { DatasetSource } from './source.ts';

export interface JobOptions {
  readonly signal?: AbortSignal;
  /** `done` and `total` images decoded, or bytes loaded from an address; `total` is 0 if unknown. `waiting`: why nothing is arriving at the moment. */
  readonly onProgress?: (done: number, total: number, waiting?: string | null) => void;
  /** How images become squares of the requested size; default: resize the shorter edge to the side and crop the centre. */
  readonly geometry?: ImageGeometry;
}

/** What the client uses of a Worker. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror'>;

/** An open data set, of which only the plan has been read. */
export interface OpenedDataset {
  readonly plan: DatasetPlan;
  /** The plan with the class names from another column or reading. */
  relabel(choice: ReadingChoice, options?: JobOptions): Promise<DatasetPlan>;
  /**
   * Decodes images to [count, imageSize, imageSize, 3].
   *
   * @param records PlannedImage.record of each, ascending
   * @param unique remove exact copies and look for near ones; not needed for previews
   * @throws the signal's reason when aborted; Error when the worker fails as a whole
   */
  prepare(
    records: readonly number[],
    imageSize: number,
    unique: boolean,
    options?: JobOptions,
  ): Promise<PreparedImages>;
  /** Terminates the worker and rejects pending jobs. */
  close(): void;
}

const spawn = (): WorkerLike =>
  watched(new Worker(new URL('./dataset.worker.ts', import.meta.url), { type: 'module' }));

/**
 * Lists a data set in its own worker. Problems with its files are listed in the plan.
 *
 * @throws Error with a full sentence when an address cannot be read; the signal's reason when aborted
 */
export async function openDataset(
  source: DatasetSource,
  options: JobOptions = {},
  start = spawn,
): Promise<OpenedDataset> {
  options.signal?.throwIfAborted();
  const worker = new DataWorker(source, start);
  try {
    const plan = await worker.open({}, options);
    return {
      plan,
      relabel: (choice, more = {}) => worker.open(choice, more),
      prepare: (records, imageSize, unique, more = {}) => worker.prepare(records, imageSize, unique, more),
      close: () => worker.close(),
    };
  } catch (cause) {
    worker.close();
    throw cause;
  }
}

interface Job {
  readonly settle: (reply: DataReply) => void;
  readonly fail: (error: Error) => void;
  readonly onProgress?: JobOptions['onProgress'];
}

class DataWorker {
  readonly #source: DatasetSource;
  readonly #start: () => WorkerLike;
  readonly #jobs = new Map<number, Job>();
  #worker: WorkerLike | null = null;
  #next = 0;
  #choice: ReadingChoice = {};
  /** The job that opened the plan of that choice; null when the worker that had it has stopped. */
  #plan: number | null = null;
  #closed = false;

  constructor(source: DatasetSource, start: () => WorkerLike) {
    this.#source = source;
    this.#start = start;
  }

  async open(choice: ReadingChoice, options: JobOptions): Promise<DatasetPlan> {
    return (await this.#open(choice, options)).plan;
  }

  async prepare(
    records: readonly number[],
    imageSize: number,
    unique: boolean,
    options: JobOptions,
  ): Promise<PreparedImages> {
    // after a crash the data set is reopened, which numbers its images as before
    const plan = this.#plan ?? (await this.#open(this.#choice, { signal: options.signal })).job;
    const { images } = await this.#ask(
      (job) => ({
        type: 'prepare',
        job,
        plan,
        records,
        geometry: options.geometry ?? squareGeometry(imageSize),
        unique,
      }),
      'prepared',
      options,
    );
    return images;
  }

  close(): void {
    this.#closed = true;
    this.#end(new Error(CLIENT_WORDS.closed));
  }

  async #open(choice: ReadingChoice, options: JobOptions): Promise<Extract<DataReply, { type: 'opened' }>> {
    const opened = await this.#ask(
      (job) => ({ type: 'open', job, plan: this.#plan, source: this.#source, choice }),
      'opened',
      options,
    );
    this.#choice = choice;
    this.#plan = opened.job;
    return opened;
  }

  #ask<T extends DataReply['type']>(
    request: (job: number) => DataRequest,
    expected: T,
    { signal, onProgress }: JobOptions,
  ): Promise<Extract<DataReply, { type: T }>> {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw new Error(CLIENT_WORDS.closed);
      signal?.throwIfAborted();
      const worker = (this.#worker ??= this.#connect());
      const job = this.#next++;
      const done = (settle: () => void) => {
        this.#jobs.delete(job);
        signal?.removeEventListener('abort', abort);
        settle();
      };
      const abort = () => {
        worker.postMessage({ type: 'cancel', job } satisfies DataRequest);
        done(() => reject(signal?.reason as Error));
      };
      signal?.addEventListener('abort', abort);
      this.#jobs.set(job, {
        settle: (reply) => {
          if (reply.type === expected) done(() => resolve(reply as Extract<DataReply, { type: T }>));
        },
        fail: (error) => done(() => reject(error)),
        onProgress,
      });
      worker.postMessage(request(job));
    });
  }

  #connect(): WorkerLike {
    const worker = this.#start();
    const crash = () => this.#end(new Error(CLIENT_WORDS.stopped));
    worker.onerror = crash;
    worker.onmessageerror = crash;
    worker.onmessage = ({ data }: MessageEvent<DataReply>) => this.#hear(worker, data);
    return worker;
  }

  #hear(worker: WorkerLike, reply: DataReply): void {
    if (reply.type === 'draw') {
      void draw(worker, reply);
      return;
    }
    const job = this.#jobs.get(reply.job);
    if (reply.type === 'progress') job?.onProgress?.(reply.done, reply.total, reply.waiting);
    else if (reply.type === 'failed') job?.fail(new Error(reply.message));
    else job?.settle(reply);
  }

  #end(error: Error): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#plan = null;
    for (const job of [...this.#jobs.values()]) job.fail(error);
  }
}

async function draw(worker: WorkerLike, { drawing, svg, side }: Extract<DataReply, { type: 'draw' }>): Promise<void> {
  const bitmap = await drawSvg(svg, side).catch(() => null); // the worker adds the image's name
  const answer: DataRequest = { type: 'drawn', drawing, bitmap };
  worker.postMessage(answer, bitmap ? [bitmap] : []);
}
