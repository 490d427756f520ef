/** Helper threads as module workers. The page starts them, also for a worker that computes: see lend-threads.ts. */
import { comingCode } from '../../../platform/coming-code.ts';
import type { SpawnThread } from './threads.ts';

export const spawnBrowserThread: SpawnThread = (start) => {
  const worker = new Worker(new URL('./thread.worker.ts', import.meta.url), { type: 'module' });
  const ready = new Promise<void>((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  worker.postMessage(start);
  // Whoever computes does so alone without a thread whose program never comes.
  return { ready: comingCode(ready), terminate: () => worker.terminate() };
};
