/** Draws the test images of a bundled task away from the page's thread. */
import { errorText } from '../../core/error-text.ts';
import { loadTestImages } from '../../data/bundled/bundled.ts';
import { bundledTask } from '../../data/bundled/tasks.ts';
import { beWatched } from '../../platform/heartbeat.ts';
import { neededPageFile } from '../../platform/page-file.ts';
import type { PicturesAnswer, PicturesRequest } from './request.ts';

beWatched({ de: async () => (await import('./german.ts')).PICTURES_WORKER_DE });
const scope = self as unknown as DedicatedWorkerGlobalScope;

async function answer({ task, images, page }: PicturesRequest): Promise<PicturesAnswer> {
  const { count, pixels } = await loadTestImages(bundledTask(task), images, (file) =>
    neededPageFile(`atlas/${file}`, page),
  );
  return { count, pixels };
}

scope.onmessage = ({ data }: MessageEvent<PicturesRequest>) => {
  answer(data)
    .catch((error: unknown): PicturesAnswer => ({ problem: errorText(error) }))
    .then((done) => scope.postMessage(done, 'pixels' in done ? [done.pixels.buffer] : []))
    .catch((error: unknown) => console.error(error));
};
