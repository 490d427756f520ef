/** The page's end of the helper threads of a worker; borrow-thread.ts is the worker's end. */
import { errorText } from '../../../core/error-text.ts';
import { spawnBrowserThread } from './spawn-browser.ts';
import type { ThreadHandle, ThreadRequest } from './threads.ts';

const isRequest = (data: unknown): data is ThreadRequest =>
  typeof data === 'object' && data !== null && 'copraThread' in data;

/**
 * Starts the threads that a worker asks for, and ends them with it. A worker that starts one itself can stand still for good in Firefox: there it waits until the
 * browser's debugger has heard of the new worker, and what should wake it can wake the new worker instead.
 */
export function lendThreads(worker: Worker): Worker {
  const lent = new Set<ThreadHandle>();
  const end = worker.terminate.bind(worker);
  worker.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (!isRequest(event.data)) return;
    event.stopImmediatePropagation(); // nothing for the owner of the worker
    const [port] = event.ports;
    const thread = spawnBrowserThread(event.data.copraThread);
    lent.add(thread);
    thread.ready.then(
      () => port.postMessage(null),
      (error: unknown) => port.postMessage(errorText(error)),
    );
    port.onmessage = () => {
      lent.delete(thread);
      thread.terminate();
      port.close();
    };
  });
  worker.terminate = () => {
    for (const thread of lent) thread.terminate();
    end();
  };
  return worker;
}
