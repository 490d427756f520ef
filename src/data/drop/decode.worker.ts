/** The decode worker: lists archives and decodes images away from the page's thread. */
import { openArchive } from './archive.ts';
import { imageDecoder } from './decode.ts';
import { decodeAll } from './decode-all.ts';
import type { DecodeJob, DecodeReply, ImageSource } from './messages.ts';

/** Progress is told at most this often, in milliseconds. */
const PROGRESS_INTERVAL = 50;

const scope = self as unknown as DedicatedWorkerGlobalScope;
const reply = (message: DecodeReply, transfer: Transferable[] = []) => scope.postMessage(message, transfer);

scope.onmessage = ({ data }: MessageEvent<DecodeJob>) => {
  const job = data.type === 'list' ? list(data.archive) : decode(data.source, data.imageSize);
  job.catch((cause: unknown) =>
    reply({ type: 'failed', message: cause instanceof Error ? cause.message : String(cause) }),
  );
};

async function list(blob: Blob): Promise<void> {
  const { files, problems } = await openArchive(blob);
  reply({ type: 'listed', files, problems });
}

async function decode(source: ImageSource, imageSize: number): Promise<void> {
  const { paths } = source;
  const open = await opener(source);
  let told = 0;
  const images = await decodeAll(paths, open, imageDecoder(imageSize), imageSize, (done) => {
    if (done < paths.length && performance.now() - told < PROGRESS_INTERVAL) return;
    told = performance.now();
    reply({ type: 'progress', done, total: paths.length });
  });
  reply({ type: 'decoded', images }, [images.pixels.buffer, images.indices.buffer]);
}

async function opener(source: ImageSource): Promise<(path: string, index: number) => Promise<Blob>> {
  if (source.kind === 'files') return (_, index) => Promise.resolve(source.blobs[index]);
  const archive = await openArchive(source.archive);
  return archive.open;
}
