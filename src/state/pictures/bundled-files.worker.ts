/** Gathers the files of a study away from the page's thread: the images of a task are thousands. */
import { neededPageFile } from '../../platform/page-file.ts';
import { serveJob } from '../../platform/serve-job.ts';
import { bundledFiles, type BundledFiles } from '../../share/python/bundled-files.ts';
import type { BundledFilesRequest } from './request.ts';

serveJob<BundledFilesRequest, BundledFiles>(
  { de: async () => (await import('./german.ts')).PICTURES_WORKER_DE },
  ({ study, page }) => bundledFiles(study, (file) => neededPageFile(file, page)),
  (files) => Object.values(files).map(({ buffer }) => buffer),
);
