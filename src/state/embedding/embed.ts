/** Page-side interface to the worker that embeds points in two dimensions. */
import { workerJob } from '../../platform/worker-job.ts';
import { EMBEDDING_WORDS } from './messages.ts';
import type { Embedding, TsneRequest } from './request.ts';

/** @throws Error with a readable message; the signal's reason when aborted */
export const embed = (request: TsneRequest, signal: AbortSignal): Promise<Embedding> =>
  workerJob<TsneRequest, Embedding>({
    start: () => new Worker(new URL('./tsne.worker.ts', import.meta.url), { type: 'module', name: 'copra-tsne' }),
    job: request,
    stopped: () => EMBEDDING_WORDS.workerStopped,
    signal,
  });
