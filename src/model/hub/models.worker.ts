/** The models worker: fetches and keeps models away from the page's thread and from a running study. */
import { fetchModel, keepDropped } from './fetch-model.ts';
import { serveHubJob } from './hub-job.ts';
import type { ModelManifest } from './manifest.ts';
import { writtenOnPage } from './model-id.ts';
import type { ModelsJob } from './models-client.ts';
import { opfsStorage } from './opfs-storage.ts';

serveHubJob<ModelsJob, ModelManifest>(async (job, onProgress, signal) => {
  const storage = opfsStorage();
  if (job.type === 'fetch') return fetchModel(writtenOnPage(job.text), storage, { hub: job.hub, signal, onProgress });
  return keepDropped(job.folder, new Map(job.files), storage, onProgress, signal);
});
