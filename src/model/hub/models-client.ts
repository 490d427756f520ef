/** The page's end of the models worker. */
import { watched } from '../../platform/heartbeat.ts';
import type { ModelManifest } from './manifest.ts';
import type { ModelsJob, ModelsReply, ModelsRequest } from './models-messages.ts';
import type { TransferProgress } from './progress.ts';

/** What the client uses of a Worker. */
export interface ModelsWorker {
  postMessage(message: ModelsRequest): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<ModelsReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

const spawn = (): ModelsWorker =>
  watched(new Worker(new URL('./models.worker.ts', import.meta.url), { type: 'module', name: 'copra-models' }));

/** After an abort the worker closes its file itself; it is terminated if it does not within this time. */
const PATIENCE_MS = 2000;

/**
 * Fetches a model or keeps a dropped one.
 * @throws Error with a message for people; the signal's reason when aborted
 */
export function runModelsJob(
  job: ModelsJob,
  onProgress: (progress: TransferProgress) => void,
  signal: AbortSignal,
  start = spawn,
): Promise<ModelManifest> {
  return new Promise((resolve, reject) => {
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
    worker.onerror = () =>
      end(() =>
        reject(new Error('The model could not be fetched: its worker stopped. Reload the page and try again.')),
      );
    worker.onmessage = ({ data }) => {
      if (data.type === 'progress') onProgress(data.progress);
      else if (data.type === 'done') end(() => resolve(data.manifest));
      else if (signal.aborted) aborted();
      else end(() => reject(new Error(data.message)));
    };
    worker.postMessage(job);
  });
}
