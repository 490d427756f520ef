/** Scores of a trained adapter under random perturbations of growing size. */
import * as v from 'valibot';
import { count, curves, labelText, numbers } from '../../result/measured.ts';

export const SharpnessResultSchema = v.object({
  arm: labelText,
  seed: count,
  /** 0, then the sizes of the perturbations, relative to every factor. */
  radii: numbers,
  /** On test images, mean over directions, one per radius. */
  test: v.object(curves),
  /** The same on the first training images, without augmentation. */
  train: v.optional(v.object({ images: count, ...curves })),
});
export type SharpnessResult = v.InferOutput<typeof SharpnessResultSchema>;
