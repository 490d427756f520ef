/**
 * The page's end of a job that has a worker of its own, which ends with it: a bad job harms no other. serve-job.ts is the worker's end; what a job asks for,
 * tells on the way and answers is named beside whoever asks for it.
 */
import { CODE_WORDS } from '../core/messages.ts';
import { isUnloaded, watched } from './heartbeat.ts';

/** Sent by the page. */
export type JobMessage<Job> = { readonly type: 'job'; readonly job: Job } | { readonly type: 'abort' };

/** Sent by the worker. */
export type JobReply<Answer, Progress> =
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'done'; readonly answer: Answer }
  | { readonly type: 'failed'; readonly message: string };

/** After an abort a worker that closes its files is terminated if it does not end within this time. */
const PATIENCE_MS = 2000;

interface WorkerJob<Job, Progress> {
  /** Makes the worker. */
  readonly start: () => Worker;
  readonly job: Job;
  /** Hears what the worker tells before it is done. What it throws ends the job. */
  readonly onProgress?: (progress: Progress) => void;
  /** What the page says when the worker stops. */
  readonly stopped: () => string;
  readonly signal?: AbortSignal;
  /** An abort lets the worker close its files; others are terminated at once. */
  readonly closesFiles?: boolean;
}

/** @throws Error with the message for people; the signal's reason when aborted */
export function workerJob<Job, Answer, Progress = never>({
  start,
  job,
  onProgress,
  stopped,
  signal,
  closesFiles = false,
}: WorkerJob<Job, Progress>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const worker = watched(start());
    const post = (message: JobMessage<Job>): void => worker.postMessage(message);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      worker.terminate();
      settle();
    };
    const fail = (error: Error): void => end(() => reject(signal?.aborted ? (signal.reason as Error) : error));
    const aborted = (): void => fail(signal?.reason as Error);
    const abort = (): void => {
      if (!closesFiles) {
        aborted();
        return;
      }
      post({ type: 'abort' });
      timer = setTimeout(aborted, PATIENCE_MS);
    };
    signal?.addEventListener('abort', abort);
    worker.onerror = (event) => fail(new Error(isUnloaded(event) ? CODE_WORDS.missing : stopped()));
    worker.onmessage = ({ data }: MessageEvent<JobReply<Answer, Progress>>) => {
      if (data.type === 'done') end(() => resolve(data.answer));
      else if (data.type === 'failed') fail(new Error(data.message));
      else
        try {
          onProgress?.(data.progress);
        } catch (error) {
          fail(error as Error);
        }
    };
    post({ type: 'job', job });
  });
}
