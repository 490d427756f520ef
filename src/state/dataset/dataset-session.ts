/** One opened data set: its reader, its plan and its last decoding. */
import type { JobOptions, OpenedDataset } from '../../data/dataset/dataset-client.ts';
import type { DatasetPlan } from '../../data/dataset/plan.ts';
import type { ReadingChoice } from '../../data/formats/records.ts';
import type { PreparedImages } from '../../data/dataset/prepare.ts';
import type { ImageGeometry } from '../../model/image-geometry.ts';

const keyOf = (records: readonly number[], options: JobOptions | undefined): string =>
  [JSON.stringify(options?.geometry), ...records].join();

/** Caches the last decoding, the slow part: edits that keep the same images reuse it. */
class LastPrepared {
  #key = '';
  images: PreparedImages | null = null;

  has(records: readonly number[], options: JobOptions | undefined): boolean {
    return this.images !== null && this.#key === keyOf(records, options);
  }
  keep(records: readonly number[], options: JobOptions | undefined, images: PreparedImages): void {
    this.#key = keyOf(records, options);
    this.images = images;
  }
}

/** What decodes the images of a data set. */
type Decoder = Pick<OpenedDataset, 'prepare'>;

async function preparedOnce(
  last: LastPrepared,
  opened: Decoder,
  [records, imageSize, unique, options]: Parameters<OpenedDataset['prepare']>,
): Promise<PreparedImages> {
  if (!last.has(records, options)) {
    const images = await opened.prepare(records, imageSize, unique, options);
    options?.signal?.throwIfAborted();
    last.keep(records, options, images);
  }
  return last.images as PreparedImages;
}

/** Another data set that is tested on and not trained on. */
export interface AddedDataset {
  readonly name: string;
  readonly plan: DatasetPlan;
  readonly opened: OpenedDataset;
}

export class DatasetSession {
  opened: OpenedDataset | null = null;
  /** Plan for the chosen columns and reading, before the reader's edits. */
  plan: DatasetPlan | null = null;
  /** What the reader chose so far; what is absent was found. */
  chosen: ReadingChoice = {};
  /** Decoding is quick: there are few images, or they are already stored here at the right size. */
  quick = false;
  /** Counts what the reader changed; another backbone is no change. */
  revision = 0;
  /** How the images were made squares that it is read from; null: it is read from its files. */
  source: ImageGeometry | null = null;
  /** The same of its copy on this device; null when there is none. */
  keptAt: ImageGeometry | null = null;
  last = new LastPrepared();
  added: readonly AddedDataset[] = [];
  /** The last decoding of every domain, by the data set that has its images and its name: another data set may bring the same name. */
  #ofDomain = new Map<Decoder, Map<string, LastPrepared>>();
  #adding = new AbortController();

  constructor(public geometry: ImageGeometry) {}

  /** How images are kept: as large as they were, also beside a backbone with a smaller input, and no larger than they are known. */
  get keeping(): ImageGeometry {
    const { source, keptAt, geometry } = this;
    const kept = source ?? (keptAt && keptAt.imageSize > geometry.imageSize ? keptAt : null);
    return kept && kept.imageSize !== geometry.imageSize ? kept : geometry;
  }

  /** Whether another copy would have larger images than the one on this device. */
  get outgrowsCopy(): boolean {
    return this.keptAt !== null && this.keeping.imageSize > this.keptAt.imageSize;
  }

  /** The same data set for other squares. What it decodes is not remembered here. */
  at(geometry: ImageGeometry): DatasetSession {
    const { opened, plan, added } = this;
    return Object.assign(new DatasetSession(geometry), { opened, plan, added });
  }

  /** A signal for adding a data set, which ends with the session. */
  beginAdding(): AbortSignal {
    this.#adding = new AbortController();
    return this.#adding.signal;
  }

  stopAdding(): void {
    this.#adding.abort();
  }

  /** Decodes, unless the last decoding was of the same images. */
  readonly prepare: OpenedDataset['prepare'] = async (...request) => {
    if (!this.opened) throw new Error('No data set is open.');
    return preparedOnce(this.last, this.opened, request);
  };

  /** The same for the images of a domain, which `opened` has. */
  prepareOf(domain: string, opened: Decoder): OpenedDataset['prepare'] {
    return (...request) => {
      const byName = this.#ofDomain.get(opened) ?? new Map<string, LastPrepared>();
      this.#ofDomain.set(opened, byName);
      const last = byName.get(domain) ?? new LastPrepared();
      byName.set(domain, last);
      return preparedOnce(last, opened, request);
    };
  }

  forgetPrepared(): void {
    this.last = new LastPrepared();
    this.#ofDomain = new Map();
  }

  /** Takes an added data set away again. */
  remove(name: string): void {
    const removed = this.added.find((one) => one.name === name);
    if (removed) this.#ofDomain.delete(removed.opened);
    removed?.opened.close();
    this.added = this.added.filter((one) => one.name !== name);
  }

  close(): void {
    this.stopAdding();
    this.opened?.close();
    for (const { opened } of this.added) opened.close();
  }
}
