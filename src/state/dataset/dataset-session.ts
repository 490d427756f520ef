/** One opened data set: its reader, its plan and its last decoding. */
import type { JobOptions, OpenedDataset } from '../../data/dataset/dataset-client.ts';
import type { DatasetPlan } from '../../data/dataset/plan.ts';
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

export class DatasetSession {
  opened: OpenedDataset | null = null;
  /** Plan for the chosen column, before the reader's edits. */
  plan: DatasetPlan | null = null;
  /** Decoding is quick: there are few images, or they are already stored here at the right size. */
  quick = false;
  last = new LastPrepared();

  constructor(public geometry: ImageGeometry) {}

  /** Decodes, unless the last decoding was of the same images. */
  readonly prepare: OpenedDataset['prepare'] = async (records, imageSize, unique, options) => {
    if (!this.opened) throw new Error('No data set is open.');
    if (!this.last.has(records, options)) {
      const images = await this.opened.prepare(records, imageSize, unique, options);
      options?.signal?.throwIfAborted();
      this.last.keep(records, options, images);
    }
    return this.last.images as PreparedImages;
  };

  forgetPrepared(): void {
    this.last = new LastPrepared();
  }
}
