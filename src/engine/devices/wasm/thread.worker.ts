/** A helper thread in a browser: waits inside the kernels until it is told to quit. */
import type { ThreadStart } from './threads.ts';

const scope = self as unknown as DedicatedWorkerGlobalScope;

scope.onmessage = ({ data }: MessageEvent<ThreadStart>) => {
  const { exports } = new WebAssembly.Instance(data.module, { env: { memory: data.memory } });
  scope.postMessage('ready');
  (exports.helper as (index: number, threads: number) => void)(data.index, data.threads);
  scope.close();
};
