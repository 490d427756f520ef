/** What the Python zip of a study holds besides texts, as far as the page has it: own images are with their owner. */
import { workerJob } from '../../platform/worker-job.ts';
import type { FilesOf, BundledFiles } from '../../share/python/bundled-files.ts';
import { PICTURE_STATE_WORDS } from './messages.ts';
import type { BundledFilesRequest } from './request.ts';

/** @throws Error for what cannot be read */
export const bundledFilesOf = ({ task, shots, draw, backbone, analyses }: FilesOf): Promise<BundledFiles> =>
  workerJob<BundledFilesRequest, BundledFiles>({
    start: () =>
      new Worker(new URL('./bundled-files.worker.ts', import.meta.url), {
        type: 'module',
        name: 'copra-bundled-files',
      }),
    job: { study: { task, shots, draw, backbone, analyses }, page: document.baseURI },
    stopped: () => PICTURE_STATE_WORDS.filesStopped,
  });
