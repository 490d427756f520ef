/** Images of a task as the engine takes them: patchified and normalised. */
import { applyAugmentations, borderColour, drawAugmentations, type Augmentation } from '../../data/image/augment.ts';
import type { LabelledImages, Task } from '../../data/task.ts';
import { stream } from '../../core/rng.ts';
import { AUGMENTATION_VALUES, type TrainingPixels } from '../../engine/engine.ts';
import type { LoadedBackbone } from '../../model/load-backbone.ts';
import { patchify } from '../../model/patchify.ts';
import { prepareImage } from '../../model/prepare-image.ts';
import type { StudyConfig } from '../config/config.ts';

export interface Patchified {
  readonly count: number;
  /** [count, patches, channels·patch²] */
  readonly patches: Float32Array;
  readonly labels: Int32Array;
  /** [count], as of LabelledImages. */
  readonly motifs?: Int32Array;
}

/** Images [from, to) of a set. */
export function portionOf({ patches, labels, count }: Patchified, from: number, to: number): Patchified {
  const perImage = patches.length / count;
  return {
    count: to - from,
    patches: patches.subarray(from * perImage, to * perImage),
    labels: labels.slice(from, to),
  };
}

/**
 * Images of a task at the backbone's input size. Bundled tasks have smaller images than most backbones take. They are prepared like the backbone's own images,
 * and only on demand, because all of them at that size would not fit in memory.
 * @param pixels [count, size, size, 3]
 */
function atModelSize(pixels: Uint8Array, count: number, size: number, { preprocessing }: LoadedBackbone): Uint8Array {
  if (size === preprocessing.imageSize) return pixels;
  const stride = size * size * 3;
  const { imageSize } = preprocessing;
  // These images are already framed: nothing is cropped.
  const whole = { ...preprocessing, resizeTo: imageSize };
  const out = new Uint8Array(count * imageSize * imageSize * 3);
  for (let i = 0; i < count; i++)
    out.set(prepareImage(pixels.subarray(i * stride, (i + 1) * stride), size, size, whole), i * imageSize ** 2 * 3);
  return out;
}

/** The first `limit` images (all when null): tasks order their images by a hash, so that any prefix is a fair sample. */
export function patchifyImages(images: LabelledImages, model: LoadedBackbone, limit: number | null): Patchified {
  const { imageSize, patchSize, blankPatches } = model.backbone.vision.config;
  const count = Math.min(images.count, limit ?? Infinity);
  const size = images.count > 0 ? Math.sqrt(images.pixels.length / (3 * images.count)) : imageSize;
  const pixels = atModelSize(images.pixels.subarray(0, count * size * size * 3), count, size, model);
  return {
    count,
    patches: patchify(pixels, count, imageSize, patchSize, model.preprocessing, blankPatches),
    labels: images.labels.slice(0, count),
    ...(images.motifs && { motifs: images.motifs.slice(0, count) }),
  };
}

/** The images of a training batch, and their augmentations. */
export interface DrawnBatch {
  /** [batch], indices into the training set. */
  readonly index: Int32Array;
  /** [batch] */
  readonly labels: Int32Array;
  /** [batch]; null when images are not augmented. */
  readonly augmentations: readonly Augmentation[] | null;
}

/**
 * Training batches of one seed: epochs in a seeded order, augmented by a seeded stream per step. Arms with equal seeds therefore see the same pictures, and a
 * step can be drawn again after a resume. A batch larger than the set repeats some images.
 * @param images the images in use, at least one; defaults to all of the task
 */
export function createBatchSource(
  { train, imageSize }: Task,
  training: Pick<StudyConfig['training'], 'batchSize' | 'augment'>,
  seed: number,
  images: Int32Array = Int32Array.from({ length: train.count }, (_, i) => i),
) {
  const { batchSize } = training;
  let epoch = -1;
  let order: Int32Array = new Int32Array(0);

  const indexOf = (position: number): number => {
    const wanted = Math.floor(position / images.length);
    if (wanted !== epoch) {
      epoch = wanted;
      order = stream(seed, 'order', epoch).shuffle(images.slice());
    }
    return order[position % images.length];
  };

  return (step: number): DrawnBatch => {
    const index = Int32Array.from({ length: batchSize }, (_, i) => indexOf(step * batchSize + i));
    return {
      index,
      labels: index.map((image) => train.labels[image]),
      augmentations: training.augment ? drawAugmentations(stream(seed, 'augment', step), imageSize, batchSize) : null,
    };
  };
}

/** Makes the patches of drawn batches on the host. */
export function createBatchPainter({ train, imageSize: size }: Task, model: LoadedBackbone) {
  const { imageSize, patchSize, blankPatches } = model.backbone.vision.config;
  const stride = size * size * 3;

  return ({ index, labels, augmentations }: DrawnBatch): Patchified => {
    const count = index.length;
    const chosen = new Uint8Array(count * stride);
    index.forEach((image, i) => {
      chosen.set(train.pixels.subarray(image * stride, (image + 1) * stride), i * stride);
    });
    const pixels = augmentations
      ? applyAugmentations(chosen, size, augmentations, new Uint8Array(chosen.length))
      : chosen;
    const scaled = atModelSize(pixels, count, size, model);
    return { count, patches: patchify(scaled, count, imageSize, patchSize, model.preprocessing, blankPatches), labels };
  };
}

/** The training images of a task as an engine takes them. */
export function trainingPixels({ train, imageSize: size }: Task, { preprocessing }: LoadedBackbone): TrainingPixels {
  const { pixels, count } = train;
  const stride = size * size * 3;
  const borders = new Uint8Array(3 * count);
  for (let i = 0; i < count; i++) borders.set(borderColour(pixels.subarray(i * stride, (i + 1) * stride), size), 3 * i);
  return { pixels, count, size, borders, preprocessing };
}

/** Augmentations in the order of `DrawnImages`. */
export function packAugmentations(augmentations: readonly Augmentation[]): Float32Array {
  const values = new Float32Array(AUGMENTATION_VALUES * augmentations.length);
  augmentations.forEach(({ warp, gains, grey }, i) => {
    values.set([warp.cos, warp.sin, warp.shiftX, warp.shiftY, ...gains, grey ? 1 : 0], AUGMENTATION_VALUES * i);
  });
  return values;
}
