/** Images of a task as the engine takes them: patchified and normalised. */
import { augmentRgb } from '../data/augment.ts';
import type { LabelledImages, Task } from '../data/task.ts';
import { stream } from '../core/rng.ts';
import type { LoadedBackbone } from '../model/load-backbone.ts';
import { patchify } from '../model/patchify.ts';
import type { StudyConfig } from './config.ts';

export interface Patchified {
  readonly count: number;
  /** [count, patches, channels·patch²] */
  readonly patches: Float32Array;
  readonly labels: Int32Array;
}

/** The first `limit` images (all when null): tasks order their images by a hash, so that any prefix is a fair sample. */
export function patchifyImages(images: LabelledImages, model: LoadedBackbone, limit: number | null): Patchified {
  const { imageSize, patchSize } = model.backbone.vision.config;
  const count = Math.min(images.count, limit ?? Infinity);
  const pixels = images.pixels.subarray(0, count * imageSize * imageSize * 3);
  return {
    count,
    patches: patchify(pixels, count, imageSize, patchSize, model.preprocessing),
    labels: images.labels.slice(0, count),
  };
}

/**
 * Training batches of one seed: epochs in a seeded order, augmented by a seeded stream per step, so that arms with equal seeds see
 * the same pictures and a step can be drawn again after a resume.
 */
export function createBatchSource(task: Task, model: LoadedBackbone, training: StudyConfig['training'], seed: number) {
  const { imageSize, patchSize } = model.backbone.vision.config;
  const { train } = task;
  const { batchSize } = training;
  const stride = imageSize * imageSize * 3;
  const chosen = new Uint8Array(batchSize * stride);
  const augmented = new Uint8Array(batchSize * stride);
  let epoch = -1;
  let order: Int32Array = new Int32Array(0);

  const indexOf = (position: number): number => {
    const wanted = Math.floor(position / train.count);
    if (wanted !== epoch) {
      epoch = wanted;
      order = stream(seed, 'order', epoch).shuffle(Int32Array.from({ length: train.count }, (_, i) => i));
    }
    return order[position % train.count];
  };

  return (step: number): Patchified => {
    const labels = new Int32Array(batchSize);
    for (let i = 0; i < batchSize; i++) {
      const index = indexOf(step * batchSize + i);
      labels[i] = train.labels[index];
      chosen.set(train.pixels.subarray(index * stride, (index + 1) * stride), i * stride);
    }
    const pixels = training.augment ? augmentRgb(chosen, imageSize, stream(seed, 'augment', step), augmented) : chosen;
    return {
      count: batchSize,
      patches: patchify(pixels, batchSize, imageSize, patchSize, model.preprocessing),
      labels,
    };
  };
}
