/** Writes the images of a bundled task as files away from the page's thread: there are thousands. */
import { loadBundledTask } from '../../data/bundled/bundled.ts';
import { neededPageFile } from '../../platform/page-file.ts';
import { serveJob } from '../../platform/serve-job.ts';
import { imageFiles } from '../../share/python/image-files.ts';
import type { ImageFiles, ImageFilesRequest } from './request.ts';

async function write({ task, shots, page }: ImageFilesRequest): Promise<ImageFiles> {
  return imageFiles(await loadBundledTask(task, shots, (file) => neededPageFile(`atlas/${file}`, page)));
}

serveJob<ImageFilesRequest, ImageFiles>(
  { de: async () => (await import('./german.ts')).PICTURES_WORKER_DE },
  write,
  (files) => Object.values(files).map(({ buffer }) => buffer),
);
