/** The models worker: fetches and keeps models away from the page's thread and from a running study. */
import { serveJob } from '../../platform/serve-job.ts';
import { fetchModel, keepDropped } from './fetch-model.ts';
import type { ModelManifest } from './manifest.ts';
import { writtenOnPage } from '../../platform/http/page-addresses.ts';
import type { ModelsJob } from './models-client.ts';
import { opfsStorage } from './opfs-storage.ts';
import type { TransferProgress } from './progress.ts';

const LANGUAGES = { de: async () => (await import('./german.ts')).HUB_WORKER_DE };

serveJob<ModelsJob, ModelManifest, TransferProgress>(LANGUAGES, (job, onProgress, signal) => {
  const storage = opfsStorage();
  if (job.type === 'fetch') return fetchModel(writtenOnPage(job.text), storage, { hub: job.hub, signal, onProgress });
  return keepDropped(job.folder, new Map(job.files), storage, onProgress, signal);
});
