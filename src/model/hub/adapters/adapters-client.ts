/** The page's end of the adapters worker. */
import { workerJob } from '../../../platform/worker-job.ts';
import type { AdapterManifest } from './adapter-manifest.ts';
import type { TransferProgress } from '../progress.ts';
import { HUB_REF_WORDS } from '../ref-words.ts';

export interface AdaptersJob {
  /** owner/name, owner/name/folder@revision or an address */
  readonly text: string;
  readonly hub: string;
}

/**
 * Fetches the adapters that a name stands for.
 * @throws Error with a message for people; the signal's reason when aborted
 */
export const runAdaptersJob = (
  job: AdaptersJob,
  onProgress: (progress: TransferProgress) => void,
  signal: AbortSignal,
): Promise<readonly AdapterManifest[]> =>
  workerJob<AdaptersJob, readonly AdapterManifest[], TransferProgress>({
    start: () =>
      new Worker(new URL('./adapters.worker.ts', import.meta.url), { type: 'module', name: 'copra-adapters' }),
    job,
    onProgress,
    signal,
    closesFiles: true,
    stopped: () => HUB_REF_WORDS.adapterWorkerStopped,
  });
