/** The page's end of the models worker. */
import { workerJob } from '../../platform/worker-job.ts';
import type { ModelManifest } from './manifest.ts';
import type { TransferProgress } from './progress.ts';
import { HUB_REF_WORDS } from './ref-words.ts';

export type ModelsJob =
  /** @property text owner/name, owner/name@revision or an address */
  | { readonly type: 'fetch'; readonly text: string; readonly hub: string }
  /** @property files of a dropped folder, by name */
  | { readonly type: 'keep'; readonly folder: string; readonly files: readonly (readonly [string, Blob])[] };

/**
 * Fetches a model or keeps a dropped one.
 * @throws Error with a message for people; the signal's reason when aborted
 */
export const runModelsJob = (
  job: ModelsJob,
  onProgress: (progress: TransferProgress) => void,
  signal: AbortSignal,
): Promise<ModelManifest> =>
  workerJob<ModelsJob, ModelManifest, TransferProgress>({
    start: () => new Worker(new URL('./models.worker.ts', import.meta.url), { type: 'module', name: 'copra-models' }),
    job,
    onProgress,
    signal,
    closesFiles: true,
    stopped: () => HUB_REF_WORDS.modelWorkerStopped,
  });
