/** Images of an evaluator, embedded once for all evaluations, in the largest chunks that fit the device. */
import type { Device } from '../../device.ts';
import type { ImageSet } from '../../engine.ts';
import { attempt } from '../attempt.ts';
import { checkLabels, embedImages } from '../towers.ts';
import type { DeviceVision } from '../weights.ts';

/** Images that are evaluated together, behind the patch embedding. */
export interface ImageChunk<T> {
  /** [images·tokens, D] */
  readonly embedded: T;
  readonly from: number;
  readonly count: number;
}

/** An image set whose patches are embedded, until the device loses memory: then it is embedded again. */
export interface EmbeddedImages<T> extends ImageSet {
  readonly patches: Float32Array;
  readonly labels: Int32Array;
  chunks: readonly ImageChunk<T>[];
  /** Device.failures when they were embedded. */
  failures: number;
}

export class EvaluationImages<T> {
  private readonly sets = new WeakMap<ImageSet, EmbeddedImages<T>>();

  /** @param rows groups × images × tokens that one block evaluation may hold; halved when the device runs out of memory */
  constructor(
    private readonly device: Device<T>,
    private readonly vision: DeviceVision<T>,
    public rows: number,
  ) {}

  /** @throws RangeError when patches or labels do not fit the backbone or the classes */
  create(patches: Float32Array, labels: Int32Array, classes: number): ImageSet {
    const perImage = this.vision.patches * this.vision.patchLength;
    if (patches.length !== labels.length * perImage)
      throw new RangeError(`Got ${patches.length} patch values for ${labels.length} images of ${perImage}.`);
    checkLabels(labels, classes);
    const set: EmbeddedImages<T> = {
      count: labels.length,
      patches,
      labels,
      chunks: this.embed(patches, labels.length),
      failures: this.failuresNow,
      dispose: () => {
        if (this.sets.delete(set)) this.free(set);
      },
    };
    this.sets.set(set, set);
    return set;
  }

  /** The images as they lie on the device now. @throws Error when they were disposed or belong to another evaluator */
  find(images: ImageSet): EmbeddedImages<T> {
    const set = this.sets.get(images);
    if (!set) throw new Error('This image set belongs to another evaluator or was disposed.');
    if (set.failures !== this.failuresNow) this.embedAgain(set);
    return set;
  }

  /** Halves the work per pass; false when that is one image and one variant already. */
  shrink(set: EmbeddedImages<T>): boolean {
    if (this.rows <= this.vision.tokens) return false;
    this.rows = Math.floor(this.rows / 2);
    this.embedAgain(set);
    return true;
  }

  private get failuresNow(): number {
    return this.device.failures ?? 0;
  }

  private free({ chunks }: EmbeddedImages<T>): void {
    this.device.free(...chunks.map(({ embedded }) => embedded));
  }

  private embedAgain(set: EmbeddedImages<T>): void {
    this.free(set);
    set.chunks = []; // also when embedding fails
    set.chunks = this.embed(set.patches, set.count);
    set.failures = this.failuresNow;
  }

  private embed(patches: Float32Array, images: number): ImageChunk<T>[] {
    return attempt(this.device, () => this.embedChunks(patches, images));
  }

  private embedChunks(patches: Float32Array, images: number): ImageChunk<T>[] {
    const { device, vision } = this;
    const perImage = vision.patches * vision.patchLength;
    const chunkSize = Math.max(1, Math.min(images, Math.floor(this.rows / vision.tokens)));
    const chunks: ImageChunk<T>[] = [];
    for (let from = 0; from < images; from += chunkSize) {
      const count = Math.min(chunkSize, images - from);
      const values = patches.subarray(from * perImage, (from + count) * perImage);
      const uploaded = device.upload(values, count * vision.patches, vision.patchLength);
      chunks.push({ embedded: embedImages(device, vision, uploaded), from, count });
      device.free(uploaded);
    }
    return chunks;
  }
}
