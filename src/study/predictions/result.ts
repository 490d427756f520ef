/** What a result keeps of single test images: predictions of chosen variants, and how often which class was taken for which. */
import * as v from 'valibot';
import { count, labelText, perImageText } from '../result/measured.ts';
import { VALUE_CHECKS } from '../result/value-words.ts';

/**
 * What answers single images: the frozen backbone, a run with everything on, the midpoint between two runs of an arm, a run with every other layer off, or the merge
 * of all runs of an arm. In the order in which a result lists them.
 */
export const KINDS = ['backbone', 'run', 'midpoint', 'layers', 'merge'] as const;

export const PredictionSchema = v.object({
  of: v.picklist(KINDS),
  /** Null for the backbone, and for merges of runs of several arms. */
  arm: v.nullable(labelText),
  /** Of the run; of both ends of a midpoint; empty otherwise. */
  seeds: v.array(count),
  /** Of a midpoint its path, of layers the mask, of a merge its method and alignment; empty otherwise. */
  name: labelText,
  /** Base64 of bytes [images, 2]: the predicted class, and the probability of the true class in 255ths. Images as in `task.kept`. */
  answers: perImageText,
});
export type Prediction = v.InferOutput<typeof PredictionSchema>;

export const ConfusionSchema = v.object({
  /** Null for the frozen backbone. */
  arm: v.nullable(labelText),
  /** Seeds of the runs that are counted together; empty for the backbone. */
  seeds: v.array(count),
  /** [classes, classes]: how often an image of the class of the row was taken for the class of the column, summed over runs. */
  counts: v.array(count),
});
export type Confusion = v.InferOutput<typeof ConfusionSchema>;

/** Largest side of a stored picture, in pixels. */
const MOST_SIDE = 64;

export const StoredPicturesSchema = v.object({
  /** Places of the pictures among the tested images, rising. */
  places: v.array(count),
  /** Side in pixels. */
  size: v.pipe(
    count,
    v.check(
      (size) => size >= 1 && size <= MOST_SIDE,
      () => VALUE_CHECKS.sides(MOST_SIDE),
    ),
  ),
  /** Base64 of [pictures, size, size, 3], uint8 RGB. */
  pixels: perImageText,
});
