/** The page's end of a job that has a worker of its own, which ends with it: an abort takes effect at once, and a bad job harms no other. */
import { watched } from './heartbeat.ts';

interface WorkerJob<Answer, Result> {
  /** Makes the worker. */
  readonly start: () => Worker;
  /** Sent to it. */
  readonly request: unknown;
  /** Hears each of its answers until it calls `done`. What it throws ends the job. */
  readonly hear: (answer: Answer, done: (result: Result) => void) => void;
  /** What the page says when the worker stops. */
  readonly stopped: () => string;
  readonly signal?: AbortSignal;
}

/** @throws Error with the message for people; the signal's reason when aborted */
export function workerJob<Answer, Result>({
  start,
  request,
  hear,
  stopped,
  signal,
}: WorkerJob<Answer, Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const worker = watched(start());
    const end = (settle: () => void): void => {
      signal?.removeEventListener('abort', aborted);
      worker.terminate();
      settle();
    };
    const fail = (error: Error): void => end(() => reject(error));
    const aborted = (): void => fail(signal?.reason as Error);
    signal?.addEventListener('abort', aborted);
    worker.onerror = () => fail(new Error(stopped()));
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      try {
        hear(data, (result) => end(() => resolve(result)));
      } catch (error) {
        fail(error as Error);
      }
    };
    worker.postMessage(request);
  });
}
