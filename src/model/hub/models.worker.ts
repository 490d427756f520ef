/** The models worker: fetches and keeps models away from the page's thread and from a running study. */
import { errorText } from '../../core/error-text.ts';
import { startHeartbeat } from '../../platform/heartbeat.ts';
import { fetchModel, keepDropped } from './fetch-model.ts';
import type { ModelManifest } from './manifest.ts';
import type { ModelsJob, ModelsReply, ModelsRequest } from './models-messages.ts';
import { opfsStorage } from './opfs-storage.ts';
import type { TransferProgress } from './progress.ts';

startHeartbeat();
const scope = self as unknown as DedicatedWorkerGlobalScope;
const stop = new AbortController();
const reply = (message: ModelsReply): void => scope.postMessage(message);
const onProgress = (progress: TransferProgress): void => reply({ type: 'progress', progress });

function perform(job: ModelsJob): Promise<ModelManifest> {
  const storage = opfsStorage();
  const { signal } = stop;
  if (job.type === 'fetch') return fetchModel(job.text, storage, { hub: job.hub, signal, onProgress });
  return keepDropped(job.folder, new Map(job.files), storage, onProgress, signal);
}

scope.onmessage = ({ data }: MessageEvent<ModelsRequest>) => {
  if (data.type === 'abort') {
    stop.abort(new Error('cancelled'));
    return;
  }
  perform(data).then(
    (manifest) => reply({ type: 'done', manifest }),
    (error: unknown) => reply({ type: 'failed', message: errorText(error) }),
  );
};
