/** The page's end of the adapters worker. */
import { watched } from '../../../platform/heartbeat.ts';
import { hubJobs } from '../hub-job.ts';
import type { AdapterManifest } from './adapter-manifest.ts';
import { HUB_REF_WORDS } from '../ref-words.ts';

export interface AdaptersJob {
  /** owner/name, owner/name/folder@revision or an address */
  readonly text: string;
  readonly hub: string;
}

/** Fetches the adapters that a name stands for. */
export const runAdaptersJob = hubJobs<AdaptersJob, readonly AdapterManifest[]>(
  () =>
    watched(new Worker(new URL('./adapters.worker.ts', import.meta.url), { type: 'module', name: 'copra-adapters' })),
  () => HUB_REF_WORDS.adapterWorkerStopped,
);
