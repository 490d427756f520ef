/** Writes the images of a bundled task as files away from the page's thread: there are thousands. */
import { loadBundledTask } from '../../data/bundled/bundled.ts';
import { neededPageFile } from '../../platform/page-file.ts';
import { serveJob } from '../../platform/serve-job.ts';
import { taskImages } from '../../share/python/task-images.ts';
import type { ImageFiles, TaskImagesRequest } from './request.ts';

async function write({ task, shots, page }: TaskImagesRequest): Promise<ImageFiles> {
  return taskImages(await loadBundledTask(task, shots, (file) => neededPageFile(`atlas/${file}`, page)));
}

serveJob<TaskImagesRequest, ImageFiles>(
  { de: async () => (await import('./german.ts')).PICTURES_WORKER_DE },
  write,
  (files) => Object.values(files).map(({ buffer }) => buffer),
);
