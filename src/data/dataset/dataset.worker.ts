/** The data worker: opens one data set and decodes its images away from the page's thread. */
import { errorText } from '../../core/error-text.ts';
import { beWatched } from '../../platform/heartbeat.ts';
import { latestOnly } from '../../platform/latest-only.ts';
import { imageDecoder, type DrawSvg } from '../image/decode.ts';
import { IMAGE_WORDS } from '../image/messages.ts';
import type { DataReply, DataRequest } from './worker-messages.ts';
import { prepareImages } from './prepare.ts';
import { openReader, type DatasetReader } from './reader.ts';
import { sourceOnPage } from './source.ts';

/** Minimum interval between progress messages, in milliseconds. */
const PROGRESS_INTERVAL = 50;

beWatched({ de: async () => (await import('./german.ts')).DATASET_WORKER_DE });
const scope = self as unknown as DedicatedWorkerGlobalScope;
const reply = (message: DataReply, transfer: Transferable[] = []) => scope.postMessage(message, transfer);

let reader: DatasetReader | null = null;
const jobs = new Map<number, AbortController>();
const drawings = new Map<number, (bitmap: ImageBitmap | null) => void>();

scope.onmessage = ({ data }: MessageEvent<DataRequest>) => {
  switch (data.type) {
    case 'cancel':
      jobs.get(data.job)?.abort();
      return;
    case 'drawn':
      drawings.get(data.drawing)?.(data.bitmap);
      drawings.delete(data.drawing);
      return;
    case 'open':
    case 'prepare': {
      const { job } = data;
      const controller = new AbortController();
      jobs.set(job, controller);
      const work = data.type === 'open' ? open(data, controller.signal) : prepare(data, controller.signal);
      work
        .catch((cause: unknown) => reply({ type: 'failed', job, message: errorText(cause) }))
        .finally(() => {
          jobs.delete(job);
          current?.end();
        });
    }
  }
};

/** Reports the progress of a job. */
interface Teller {
  readonly progress: (done: number, total: number | null) => void;
  readonly wait: (reason: string) => void;
  readonly end: () => void;
}

/** Reporter of the current job, because connections outlive the job that opened them. */
let current: Teller | null = null;

function teller(job: number): Teller {
  let [done, total] = [0, 0];
  const { pass, end } = latestOnly(
    (waiting: string | null) => reply({ type: 'progress', job, done, total, waiting }),
    PROGRESS_INTERVAL,
  );
  current = {
    progress(nowDone, nowTotal) {
      [done, total] = [nowDone, nowTotal ?? 0];
      pass(null);
    },
    wait: pass,
    end,
  };
  return current;
}

async function open(
  { job, source, choice }: Extract<DataRequest, { type: 'open' }>,
  signal: AbortSignal,
): Promise<void> {
  const { progress } = teller(job);
  const opened: DatasetReader = reader
    ? await reader.relabel(choice, signal)
    : await openReader(sourceOnPage(source), {
        ...choice,
        signal,
        onProgress: progress,
        onWait: (reason) => current?.wait(reason),
      });
  reader = opened;
  reply({ type: 'opened', job, plan: opened.plan });
}

async function prepare(
  { job, records, geometry, unique }: Extract<DataRequest, { type: 'prepare' }>,
  signal: AbortSignal,
): Promise<void> {
  if (!reader) throw new Error('No data set is open.');
  const paths = new Map(reader.plan.images.map(({ record, path }) => [record, path]));
  const images = await prepareImages(records, reader.read(records, signal), {
    decode: imageDecoder(geometry, drawSvg),
    imageSize: geometry.imageSize,
    unique,
    pathOf: (record) => paths.get(record) ?? String(record),
    onProgress: teller(job).progress,
    signal,
  });
  const prints = images.prints ? [images.prints.hashes.buffer, images.prints.thumbs.buffer] : [];
  reply({ type: 'prepared', job, images }, [
    ...[images.pixels.buffer, images.records.buffer, images.groups.buffer],
    ...prints,
  ]);
}

let drawing = 0;
const drawSvg: DrawSvg = (svg, side) =>
  new Promise((resolve, reject) => {
    const id = drawing++;
    drawings.set(id, (bitmap) => (bitmap ? resolve(bitmap) : reject(new Error(IMAGE_WORDS.drawingDamaged))));
    reply({ type: 'draw', drawing: id, svg, side });
  });
