/** The adapters worker: fetches published adapters away from the page's thread and from a running study. */
import { serveHubJob } from '../hub-job.ts';
import { opfsStorage } from '../opfs-storage.ts';
import type { AdapterManifest } from './adapter-manifest.ts';
import type { AdaptersJob } from './adapters-client.ts';
import { fetchAdapters } from './fetch-adapters.ts';

serveHubJob<AdaptersJob, readonly AdapterManifest[]>(({ text, hub }, onProgress, signal) =>
  fetchAdapters(text, opfsStorage('adapters'), { hub, onProgress, signal }),
);
