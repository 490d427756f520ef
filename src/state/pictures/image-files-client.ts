/** The images of the task of a study as files, which its script in Python is to have: those of a bundled task, for own images are with their owner. */
import { bundledById } from '../../data/bundled/tasks.ts';
import { workerJob } from '../../platform/worker-job.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { PICTURE_STATE_WORDS } from './messages.ts';
import type { ImageFiles, ImageFilesRequest } from './request.ts';

/** @returns none for own images @throws Error for artwork that cannot be read */
export async function imageFilesOf({
  task,
  shots,
  draw,
}: Pick<StudyConfig, 'task' | 'shots' | 'draw'>): Promise<ImageFiles> {
  if (!bundledById(task)) return {};
  return workerJob<ImageFilesRequest, ImageFiles>({
    start: () =>
      new Worker(new URL('./image-files.worker.ts', import.meta.url), { type: 'module', name: 'copra-image-files' }),
    job: { task, shots: { shots, draw }, page: document.baseURI },
    stopped: () => PICTURE_STATE_WORDS.filesStopped,
  });
}
