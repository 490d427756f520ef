/** Computes an embedding away from the page's thread. */
import { serveJob } from '../../platform/serve-job.ts';
import type { Embedding, TsneRequest } from './request.ts';
import { tsne } from './tsne.ts';

serveJob<TsneRequest, Embedding>({ de: async () => (await import('./german.ts')).EMBEDDING_WORKER_DE }, tsne);
