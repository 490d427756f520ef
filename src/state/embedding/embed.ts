/** Page-side interface to the worker that embeds points in two dimensions. */
import { watched } from '../../platform/heartbeat.ts';
import { EMBEDDING_WORDS } from './messages.ts';
import type { Embedding, TsneRequest } from './request.ts';

/**
 * Uses one worker per embedding, so that an abort takes effect at once.
 * @throws Error with a readable message; the signal's reason when aborted
 */
export function embed(request: TsneRequest, signal: AbortSignal): Promise<Embedding> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const worker = watched(
      new Worker(new URL('./tsne.worker.ts', import.meta.url), { type: 'module', name: 'copra-tsne' }),
    );
    const end = (settle: () => void): void => {
      signal.removeEventListener('abort', aborted);
      worker.terminate();
      settle();
    };
    const aborted = () => end(() => reject(signal.reason as Error));
    signal.addEventListener('abort', aborted);
    worker.onerror = () => end(() => reject(new Error(EMBEDDING_WORDS.workerStopped)));
    worker.onmessage = ({ data }: MessageEvent<Embedding>) => end(() => resolve(data));
    worker.postMessage(request);
  });
}
