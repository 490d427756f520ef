/** Helper threads as module workers nested in the calling worker. */
import type { SpawnThread } from './threads.ts';
import { ENGINE_NOTICES } from '../../words.ts';

/** Firefox loads some workers and never runs them: a thread that is not ready by then is started again. */
export const READY_MS = 20_000;
const STARTS = 3;

export const spawnBrowserThread: SpawnThread = (start) => {
  let worker: Worker;
  let timer: ReturnType<typeof setTimeout>;
  const terminate = (): void => {
    clearTimeout(timer);
    worker.terminate();
  };
  const ready = new Promise<void>((resolve, reject) => {
    const fail = (reason: string): void => reject(new Error(ENGINE_NOTICES.threadFailed(start.index, reason)));
    const begin = (starts: number): void => {
      worker = new Worker(new URL('./thread.worker.ts', import.meta.url), { type: 'module' });
      timer = setTimeout(() => {
        terminate();
        if (starts < STARTS) begin(starts + 1);
        else fail(ENGINE_NOTICES.neverReady);
      }, READY_MS);
      worker.onmessage = () => {
        clearTimeout(timer);
        resolve();
      };
      worker.onerror = ({ message }) => {
        clearTimeout(timer);
        fail(message);
      };
      worker.postMessage(start);
    };
    begin(1);
  });
  return { ready, terminate };
};
