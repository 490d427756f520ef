/** One job of a worker that fetches from hubs: messages, the worker's end and the page's end. A worker does one job and is then ended. */
import { errorText } from '../../core/error-text.ts';
import { beWatched } from '../../platform/heartbeat.ts';
import type { TransferProgress } from './progress.ts';

export type HubRequest<Job> = { readonly type: 'job'; readonly job: Job } | { readonly type: 'abort' };

export type HubReply<Answer> =
  | { readonly type: 'progress'; readonly progress: TransferProgress }
  | { readonly type: 'done'; readonly answer: Answer }
  | { readonly type: 'failed'; readonly message: string };

type Perform<Job, Answer> = (
  job: Job,
  onProgress: (progress: TransferProgress) => void,
  signal: AbortSignal,
) => Promise<Answer>;

/** Call it on the first line of a worker, whose code is of this layer alone: does the job that the page sends, with progress, until it is done or aborted. */
export function serveHubJob<Job, Answer>(perform: Perform<Job, Answer>): void {
  beWatched({ de: async () => (await import('../german.ts')).MODEL_DE });
  const scope = self as unknown as DedicatedWorkerGlobalScope;
  const stop = new AbortController();
  const reply = (message: HubReply<Answer>): void => scope.postMessage(message);
  const onProgress = (progress: TransferProgress): void => reply({ type: 'progress', progress });
  scope.onmessage = ({ data }: MessageEvent<HubRequest<Job>>) => {
    if (data.type === 'abort') {
      stop.abort(new Error('cancelled'));
      return;
    }
    perform(data.job, onProgress, stop.signal).then(
      (answer) => reply({ type: 'done', answer }),
      (error: unknown) => reply({ type: 'failed', message: errorText(error) }),
    );
  };
}

/** What the page uses of a Worker. */
export interface HubWorker<Job, Answer> {
  postMessage(message: HubRequest<Job>): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<HubReply<Answer>>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** After an abort the worker closes its file itself; it is terminated if it does not within this time. */
const PATIENCE_MS = 2000;

export type RunHubJob<Job, Answer> = (
  job: Job,
  onProgress: (progress: TransferProgress) => void,
  signal: AbortSignal,
) => Promise<Answer>;

/**
 * Runs jobs in workers of their own.
 * @param start makes the worker
 * @param failure what the page says when the worker stops
 * @returns a function that throws Error with a message for people; the signal's reason when aborted
 */
export function hubJobs<Job, Answer>(
  start: () => HubWorker<Job, Answer>,
  failure: () => string,
): RunHubJob<Job, Answer> {
  return (job, onProgress, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const worker = start();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const end = (settle: () => void): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        worker.terminate();
        settle();
      };
      const aborted = () => end(() => reject(signal.reason as Error));
      function abort(): void {
        worker.postMessage({ type: 'abort' });
        timer = setTimeout(aborted, PATIENCE_MS);
      }
      signal.addEventListener('abort', abort);
      worker.onerror = () => end(() => reject(new Error(failure())));
      worker.onmessage = ({ data }) => {
        if (data.type === 'progress') onProgress(data.progress);
        else if (data.type === 'done') end(() => resolve(data.answer));
        else if (signal.aborted) aborted();
        else end(() => reject(new Error(data.message)));
      };
      worker.postMessage({ type: 'job', job });
    });
}
