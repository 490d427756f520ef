/** The page's end of the models worker. */
import { watched } from '../../platform/heartbeat.ts';
import { hubJobs } from './hub-job.ts';
import type { ModelManifest } from './manifest.ts';
import { HUB_REF_WORDS } from './ref-words.ts';

export type ModelsJob =
  /** @property text owner/name, owner/name@revision or an address */
  | { readonly type: 'fetch'; readonly text: string; readonly hub: string }
  /** @property files of a dropped folder, by name */
  | { readonly type: 'keep'; readonly folder: string; readonly files: readonly (readonly [string, Blob])[] };

/** Fetches a model or keeps a dropped one. */
export const runModelsJob = hubJobs<ModelsJob, ModelManifest>(
  () => watched(new Worker(new URL('./models.worker.ts', import.meta.url), { type: 'module', name: 'copra-models' })),
  () => HUB_REF_WORDS.modelWorkerStopped,
);
