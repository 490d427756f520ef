/** Computes an embedding away from the page's thread. */
import { serveJob } from '../../platform/serve-job.ts';
import type { Embedding, TsneRequest } from './request.ts';
import { tsne } from './tsne.ts';

// It says nothing.
serveJob<TsneRequest, Embedding>({ de: () => Promise.resolve({}) }, tsne);
