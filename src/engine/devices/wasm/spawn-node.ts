/** Helper threads as Node worker threads that never keep the process alive. */
import { Worker } from 'node:worker_threads';
import { errorText } from '../../../core/error-text.ts';
import { ENGINE_NOTICES } from '../../words.ts';
import type { SpawnThread } from './threads.ts';

// Source text instead of a file: it works from TypeScript sources and from any bundle alike.
const SOURCE = `
const { parentPort, workerData } = require('node:worker_threads');
const { exports } = new WebAssembly.Instance(workerData.module, { env: { memory: workerData.memory } });
parentPort.postMessage('ready');
exports.helper(workerData.index, workerData.threads);
`;

export const spawnNodeThread: SpawnThread = (start) => {
  const worker = new Worker(SOURCE, { eval: true, workerData: start });
  const ready = new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', (error) =>
      reject(new Error(ENGINE_NOTICES.threadFailed(start.index, errorText(error)), { cause: error })),
    );
  }).finally(() => worker.unref());
  return { ready, terminate: () => void worker.terminate() };
};
