/** Gathers the files of a study away from the page's thread: the images of a task are thousands. */
import { neededPageFile } from '../../platform/page-file.ts';
import { serveJob } from '../../platform/serve-job.ts';
import { studyFiles, type StudyFiles } from '../../share/python/study-files.ts';
import type { StudyFilesRequest } from './request.ts';

serveJob<StudyFilesRequest, StudyFiles>(
  { de: async () => (await import('./german.ts')).PICTURES_WORKER_DE },
  ({ study, page }) => studyFiles(study, (file) => neededPageFile(file, page)),
  (files) => Object.values(files).map(({ buffer }) => buffer),
);
