/** Helper threads as module workers. The page starts them, also for a worker that computes: see lend-threads.ts. */
import type { SpawnThread } from './threads.ts';

export const spawnBrowserThread: SpawnThread = (start) => {
  const worker = new Worker(new URL('./thread.worker.ts', import.meta.url), { type: 'module' });
  const ready = new Promise<void>((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  worker.postMessage(start);
  return { ready, terminate: () => worker.terminate() };
};
