/** Answers the requests of a page about one data set: opens it, by several readings if asked to, and decodes its images. */
import { errorText } from '../../core/error-text.ts';
import { latestOnly } from '../../platform/latest-only.ts';
import type { ImageGeometry } from '../../model/image-geometry.ts';
import type { DecodeImage, DrawSvg } from '../image/decode.ts';
import { IMAGE_WORDS } from '../image/messages.ts';
import type { DataReply, DataRequest } from './worker-messages.ts';
import { prepareImages } from './prepare.ts';
import { openReader, type DatasetReader } from './reader.ts';
import { sourceOnPage } from './source.ts';

/** Minimum interval between progress messages, in milliseconds. */
const PROGRESS_INTERVAL = 50;

/** Reports the progress of a job. */
interface Teller {
  readonly progress: (done: number, total: number | null) => void;
  readonly wait: (reason: string) => void;
  readonly end: () => void;
}

/**
 * The readers that can be asked for images, by the job that opened them. The page may cancel a job that has just ended, and goes on with the plan of
 * an earlier one; records are numbered otherwise in each.
 */
class Readers {
  readonly #opened = new Map<number, DatasetReader>();

  /** The one whose plan the page has. It never goes back to an earlier one. */
  of(plan: number): DatasetReader | undefined {
    for (const job of this.#opened.keys()) if (job < plan) this.#opened.delete(job);
    return this.#opened.get(plan);
  }
  add(job: number, reader: DatasetReader): void {
    this.#opened.set(job, reader);
  }
  /** The page has not taken up the plan of a job that it cancels. */
  drop(job: number): void {
    this.#opened.delete(job);
  }
}

/**
 * @param decoderOf decodes image files to squares
 * @returns takes the messages of the page
 */
export function serveDataset(
  reply: (message: DataReply, transfer?: Transferable[]) => void,
  decoderOf: (geometry: ImageGeometry, drawSvg: DrawSvg) => DecodeImage,
): (request: DataRequest) => void {
  const readers = new Readers();
  const jobs = new Map<number, AbortController>();
  const drawings = new Map<number, (bitmap: ImageBitmap | null) => void>();
  /** Reporter of the current job, because connections outlive the job that opened them. */
  let current: Teller | null = null;
  let drawing = 0;

  const teller = (job: number): Teller => {
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
  };

  const drawSvg: DrawSvg = (svg, side) =>
    new Promise((resolve, reject) => {
      const id = drawing++;
      drawings.set(id, (bitmap) => (bitmap ? resolve(bitmap) : reject(new Error(IMAGE_WORDS.drawingDamaged))));
      reply({ type: 'draw', drawing: id, svg, side });
    });

  const open = async (
    { job, plan, source, choice }: Extract<DataRequest, { type: 'open' }>,
    signal: AbortSignal,
  ): Promise<void> => {
    const { progress } = teller(job);
    const before = plan === null ? undefined : readers.of(plan);
    const opened = before
      ? await before.relabel(choice, signal)
      : await openReader(sourceOnPage(source), {
          ...choice,
          signal,
          onProgress: progress,
          onWait: (reason) => current?.wait(reason),
        });
    signal.throwIfAborted();
    readers.add(job, opened);
    reply({ type: 'opened', job, plan: opened.plan });
  };

  const prepare = async (
    { job, plan, records, geometry, unique }: Extract<DataRequest, { type: 'prepare' }>,
    signal: AbortSignal,
  ): Promise<void> => {
    const reader = readers.of(plan);
    if (!reader) throw new Error('No data set is open.');
    const paths = new Map(reader.plan.images.map(({ record, path }) => [record, path]));
    const images = await prepareImages(records, reader.read(records, signal), {
      decode: decoderOf(geometry, drawSvg),
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
  };

  return (request) => {
    switch (request.type) {
      case 'cancel':
        jobs.get(request.job)?.abort();
        readers.drop(request.job);
        return;
      case 'drawn':
        drawings.get(request.drawing)?.(request.bitmap);
        drawings.delete(request.drawing);
        return;
      case 'open':
      case 'prepare': {
        const { job } = request;
        const controller = new AbortController();
        jobs.set(job, controller);
        const work = request.type === 'open' ? open(request, controller.signal) : prepare(request, controller.signal);
        work
          .catch((cause: unknown) => reply({ type: 'failed', job, message: errorText(cause) }))
          .finally(() => {
            jobs.delete(job);
            current?.end();
          });
      }
    }
  };
}
