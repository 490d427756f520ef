/** Computes an embedding away from the page's thread. */
import { beWatched } from '../../platform/heartbeat.ts';
import type { TsneRequest } from './request.ts';
import { tsne } from './tsne.ts';

// It says nothing.
beWatched({ de: () => Promise.resolve({}) });
const scope = self as unknown as DedicatedWorkerGlobalScope;

scope.onmessage = ({ data }: MessageEvent<TsneRequest>) => scope.postMessage(tsne(data));
