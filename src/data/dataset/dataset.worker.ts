/** The data worker: opens one data set and decodes its images away from the page's thread. */
import { beWatched } from '../../platform/heartbeat.ts';
import { imageDecoder } from '../image/decode.ts';
import { serveDataset } from './serve-dataset.ts';
import type { DataRequest } from './worker-messages.ts';

beWatched({ de: async () => (await import('./german.ts')).DATASET_WORKER_DE });
const scope = self as unknown as DedicatedWorkerGlobalScope;
const hear = serveDataset((message, transfer = []) => scope.postMessage(message, transfer), imageDecoder);
scope.onmessage = ({ data }: MessageEvent<DataRequest>) => hear(data);
