/** The worker's end of its helper threads, which the page starts for it (lend-threads.ts). */
import { ENGINE_NOTICES } from '../../words.ts';
import type { SpawnThread, ThreadRequest } from './threads.ts';

export const borrowThread: SpawnThread = (start) => {
  const { port1: port, port2: pagePort } = new MessageChannel();
  const ready = new Promise<void>((resolve, reject) => {
    port.onmessage = ({ data }: MessageEvent<string | null>) => {
      if (data === null) resolve();
      else reject(new Error(ENGINE_NOTICES.threadFailed(start.index, data)));
    };
  });
  const request: ThreadRequest = { copraThread: start };
  (self as unknown as DedicatedWorkerGlobalScope).postMessage(request, [pagePort]);
  return { ready, terminate: () => port.postMessage('end') };
};
