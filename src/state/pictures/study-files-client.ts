/** What the Python zip of a study holds besides texts, as far as the page has it: own images are with their owner. */
import { workerJob } from '../../platform/worker-job.ts';
import type { FilesOf, StudyFiles } from '../../share/python/study-files.ts';
import { PICTURE_STATE_WORDS } from './messages.ts';
import type { StudyFilesRequest } from './request.ts';

/** @throws Error for what cannot be read */
export const studyFilesOf = ({ task, shots, draw, backbone, analyses }: FilesOf): Promise<StudyFiles> =>
  workerJob<StudyFilesRequest, StudyFiles>({
    start: () =>
      new Worker(new URL('./study-files.worker.ts', import.meta.url), { type: 'module', name: 'copra-study-files' }),
    job: { study: { task, shots, draw, backbone, analyses }, page: document.baseURI },
    stopped: () => PICTURE_STATE_WORDS.filesStopped,
  });
