/** The page's end of the decode worker. Every job has its own worker, so that ending a job is ending its worker. */
import type { DecodedImages } from './decode-all.ts';
import type { DecodeJob, DecodeReply, ImageSource } from './messages.ts';
import type { ListedFile } from './plan.ts';
import type { Problem } from './problem.ts';

export interface DecodeOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What the client uses of a Worker. */
export type WorkerLike = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror'>;

const spawn = (): WorkerLike => new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module' });

/** Files in a zip archive. A bad archive gives no files and says why in its problems. */
export async function listArchive(
  archive: Blob,
  signal?: AbortSignal,
  start = spawn,
): Promise<{ files: readonly ListedFile[]; problems: readonly Problem[] }> {
  const answer = await run({ type: 'list', archive }, 'listed', { signal }, start);
  return { files: answer.files, problems: answer.problems };
}

/**
 * Decodes images to [count, imageSize, imageSize, 3].
 *
 * @throws the signal's reason when aborted; Error when the worker fails as a whole
 */
export async function decodeImages(
  source: ImageSource,
  imageSize: number,
  options: DecodeOptions = {},
  start = spawn,
): Promise<DecodedImages> {
  const answer = await run({ type: 'decode', source, imageSize }, 'decoded', options, start);
  return answer.images;
}

function run<T extends DecodeReply['type']>(
  job: DecodeJob,
  expected: T,
  { signal, onProgress }: DecodeOptions,
  start: () => WorkerLike,
): Promise<Extract<DecodeReply, { type: T }>> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const worker = start();
    const end = (settle: () => void) => {
      worker.terminate();
      signal?.removeEventListener('abort', abort);
      settle();
    };
    const abort = () => end(() => reject(signal?.reason as Error));
    const crash = () =>
      end(() =>
        reject(new Error('The images could not be decoded: the decoder stopped. Try fewer or smaller images.')),
      );
    signal?.addEventListener('abort', abort);
    worker.onerror = crash;
    worker.onmessageerror = crash;
    worker.onmessage = ({ data }: MessageEvent<DecodeReply>) => {
      if (data.type === 'progress') onProgress?.(data.done, data.total);
      else if (data.type === 'failed') end(() => reject(new Error(data.message)));
      else if (data.type === expected) end(() => resolve(data as Extract<DecodeReply, { type: T }>));
    };
    worker.postMessage(job);
  });
}
