/** The adapters worker: fetches published adapters away from the page's thread and from a running study. */
import { writtenOnPage } from '../../../platform/http/page-addresses.ts';
import { serveJob } from '../../../platform/serve-job.ts';
import { opfsStorage } from '../opfs-storage.ts';
import type { TransferProgress } from '../progress.ts';
import type { AdapterManifest } from './adapter-manifest.ts';
import type { AdaptersJob } from './adapters-client.ts';
import { fetchAdapters } from './fetch-adapters.ts';

const LANGUAGES = { de: async () => (await import('../german.ts')).HUB_WORKER_DE };

serveJob<AdaptersJob, readonly AdapterManifest[], TransferProgress>(LANGUAGES, ({ text, hub }, onProgress, signal) =>
  fetchAdapters(writtenOnPage(text), opfsStorage('adapters'), { hub, onProgress, signal }),
);
