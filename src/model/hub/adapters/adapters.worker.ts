/** The adapters worker: fetches published adapters away from the page's thread and from a running study. */
import { serveHubJob } from '../hub-job.ts';
import { writtenOnPage } from '../model-id.ts';
import { opfsStorage } from '../opfs-storage.ts';
import type { AdapterManifest } from './adapter-manifest.ts';
import type { AdaptersJob } from './adapters-client.ts';
import { fetchAdapters } from './fetch-adapters.ts';

serveHubJob<AdaptersJob, readonly AdapterManifest[]>(async ({ text, hub }, onProgress, signal) =>
  fetchAdapters(writtenOnPage(text), opfsStorage('adapters'), { hub, onProgress, signal }),
);
