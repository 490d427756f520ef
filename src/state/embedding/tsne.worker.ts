/** Computes an embedding away from the page's thread. */
import { startHeartbeat } from '../../platform/heartbeat.ts';
import type { TsneRequest } from './request.ts';
import { tsne } from './tsne.ts';

startHeartbeat();
const scope = self as unknown as DedicatedWorkerGlobalScope;

scope.onmessage = ({ data }: MessageEvent<TsneRequest>) => scope.postMessage(tsne(data));
