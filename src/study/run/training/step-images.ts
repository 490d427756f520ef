/** The images of training steps. */
import type { TrainBatch, TrainingImages } from '../../../engine/engine.ts';
import type { StudyContext } from '../context.ts';
import { createBatchPainter, createBatchSource, packAugmentations } from '../images.ts';
import { concatFloats } from '../../../core/concat-floats.ts';

/** The images of a step that a population with these sources sees. */
export type ImagesOf = (sources: readonly number[]) => Pick<TrainBatch, 'patches' | 'labels'>;

/** @param step from 0 on */
export type ImagesOfStep = (step: number) => ImagesOf;

/**
 * Draws the images of every step, one source per seed: from images on the device, or as patches made on the host.
 * @param held null if the device keeps no images
 */
export function imagesOfSteps(
  { task, model, config: { training } }: Pick<StudyContext, 'task' | 'model' | 'config'>,
  seeds: readonly number[],
  held: TrainingImages | null,
): ImagesOfStep {
  const sources = seeds.map((seed) => createBatchSource(task, training, seed));
  const paint = createBatchPainter(task, model);
  return (step) => {
    const batches = sources.map((source) => source(step));
    const painted: Float32Array[] = [];
    const patchesOf = (seen: readonly number[]): TrainBatch['patches'] => {
      if (!held) return concatFloats(seen.map((source) => (painted[source] ??= paint(batches[source]).patches)));
      return {
        images: held,
        index: Int32Array.from(seen.flatMap((source) => [...batches[source].index])),
        augmentation: training.augment
          ? packAugmentations(seen.flatMap((source) => batches[source].augmentations ?? []))
          : null,
      };
    };
    return (seen) => ({
      patches: patchesOf(seen),
      labels: Int32Array.from(seen.flatMap((source) => [...batches[source].labels])),
    });
  };
}
