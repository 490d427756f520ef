/** Draws the test images of a bundled task away from the page's thread. */
import { loadTestImages } from '../../data/bundled/bundled.ts';
import { bundledTask } from '../../data/bundled/tasks.ts';
import { neededPageFile } from '../../platform/page-file.ts';
import { serveJob } from '../../platform/serve-job.ts';
import type { DrawnImages, PicturesRequest } from './request.ts';

async function draw({ task, images, page }: PicturesRequest): Promise<DrawnImages> {
  const { count, pixels } = await loadTestImages(bundledTask(task), images, (file) =>
    neededPageFile(`atlas/${file}`, page),
  );
  return { count, pixels };
}

serveJob<PicturesRequest, DrawnImages>(
  { de: async () => (await import('./german.ts')).PICTURES_WORKER_DE },
  draw,
  ({ pixels }) => [pixels.buffer],
);
