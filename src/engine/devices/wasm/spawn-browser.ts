/** Helper threads as module workers nested in the calling worker. */
import type { SpawnThread } from './threads.ts';
import { ENGINE_NOTICES } from '../../words.ts';

export const spawnBrowserThread: SpawnThread = (start) => {
  const worker = new Worker(new URL('./thread.worker.ts', import.meta.url), { type: 'module' });
  const ready = new Promise<void>((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = (event) => reject(new Error(ENGINE_NOTICES.threadFailed(start.index, event.message)));
  });
  worker.postMessage(start);
  return { ready, terminate: () => worker.terminate() };
};
