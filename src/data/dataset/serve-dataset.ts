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

type Reply = (message: DataReply, transfer?: Transferable[]) => void;
type Of<Type extends DataRequest['type']> = Extract<DataRequest, { readonly type: Type }>;

/** Tells how far the current job is. */
class Progress {
  /** Connections outlive the job that opened them, and tell why they wait to the one that reads now. */
  #current: { readonly wait: (reason: string) => void; readonly end: () => void } | null = null;

  constructor(private readonly reply: Reply) {}

  /** A job begins. @returns takes how much of how much is done; null: that is not known */
  of(job: number): (done: number, total: number | null) => void {
    let [done, total] = [0, 0];
    const { pass, end } = latestOnly(
      (waiting: string | null) => this.reply({ type: 'progress', job, done, total, waiting }),
      PROGRESS_INTERVAL,
    );
    this.#current = { wait: pass, end };
    return (nowDone, nowTotal) => {
      [done, total] = [nowDone, nowTotal ?? 0];
      pass(null);
    };
  }

  wait(reason: string): void {
    this.#current?.wait(reason);
  }
  /** The current job is told of no more. */
  end(): void {
    this.#current?.end();
  }
}

/** Drawings of SVGs, which the page makes: a worker cannot. */
class Drawings {
  readonly #asked = new Map<number, (bitmap: ImageBitmap | null) => void>();
  #next = 0;

  constructor(private readonly reply: Reply) {}

  readonly draw: DrawSvg = (svg, side) =>
    new Promise((resolve, reject) => {
      const drawing = this.#next++;
      this.#asked.set(drawing, (bitmap) => (bitmap ? resolve(bitmap) : reject(new Error(IMAGE_WORDS.drawingDamaged))));
      this.reply({ type: 'draw', drawing, svg, side });
    });

  drawn({ drawing, bitmap }: Of<'drawn'>): void {
    this.#asked.get(drawing)?.(bitmap);
    this.#asked.delete(drawing);
  }
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
  reply: Reply,
  decoderOf: (geometry: ImageGeometry, drawSvg: DrawSvg) => DecodeImage,
): (request: DataRequest) => void {
  const readers = new Readers();
  const jobs = new Map<number, AbortController>();
  const progress = new Progress(reply);
  const drawings = new Drawings(reply);

  const open = async ({ job, plan, source, choice }: Of<'open'>, signal: AbortSignal): Promise<void> => {
    const onProgress = progress.of(job);
    const before = plan === null ? undefined : readers.of(plan);
    const opened = before
      ? await before.relabel(choice, signal)
      : await openReader(sourceOnPage(source), {
          ...choice,
          signal,
          onProgress,
          onWait: (reason) => progress.wait(reason),
        });
    signal.throwIfAborted();
    readers.add(job, opened);
    reply({ type: 'opened', job, plan: opened.plan });
  };

  const prepare = async (
    { job, plan, records, geometry, unique }: Of<'prepare'>,
    signal: AbortSignal,
  ): Promise<void> => {
    const reader = readers.of(plan);
    if (!reader) throw new Error('No data set is open.');
    const paths = new Map(reader.plan.images.map(({ record, path }) => [record, path]));
    const images = await prepareImages(records, reader.read(records, signal), {
      decode: decoderOf(geometry, drawings.draw),
      imageSize: geometry.imageSize,
      unique,
      pathOf: (record) => paths.get(record) ?? String(record),
      onProgress: progress.of(job),
      signal,
    });
    const prints = images.prints ? [images.prints.hashes.buffer, images.prints.thumbs.buffer] : [];
    reply({ type: 'prepared', job, images }, [
      ...[images.pixels.buffer, images.records.buffer, images.groups.buffer],
      ...prints,
    ]);
  };

  const begin = (request: Of<'open'> | Of<'prepare'>): void => {
    const { job } = request;
    const controller = new AbortController();
    jobs.set(job, controller);
    const { signal } = controller;
    (request.type === 'open' ? open(request, signal) : prepare(request, signal))
      .catch((cause: unknown) => reply({ type: 'failed', job, message: errorText(cause) }))
      .finally(() => {
        jobs.delete(job);
        progress.end();
      });
  };

  return (request) => {
    switch (request.type) {
      case 'cancel':
        jobs.get(request.job)?.abort();
        return readers.drop(request.job);
      case 'drawn':
        return drawings.drawn(request);
      case 'open':
      case 'prepare':
        return begin(request);
    }
  };
}
