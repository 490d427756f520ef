/** Accuracy and loss along the paths between two adapters. */
import * as v from 'valibot';
import {
  answeredCurvesOfSome,
  count,
  curves,
  finite,
  labelText,
  measure,
  share,
  shares,
} from '../../result/measured.ts';

export const LandscapeResultSchema = v.object({
  arm: labelText,
  /** Seeds of the adapters at λ = 0 and λ = 1. */
  seeds: v.tuple([count, count]),
  path: v.picklist(['factor', 'product']),
  lambdas: shares,
  ...answeredCurvesOfSome,
  /** max_λ of chord − accuracy, in accuracy (Entezari et al. 2022); 0 when the path lies above its chord. */
  barrierAccuracy: share,
  barrierLoss: measure,
  /** (midpoint accuracy − frozen) / (mean end accuracy − frozen), frozen being zero-shot or head only. */
  midpointRetainedGain: v.nullable(finite),
  /** Alignment applied to the factors of both ends first; absent: none. */
  alignment: v.optional(v.picklist(['orthogonal', 'invertible'])),
  /** What the answers at λ = ½ owe to those of both ends, in test images. In small results, which have no answers to all images. */
  halfway: v.optional(
    v.object({
      /** Right at both ends, and how many of them are wrong at λ = ½. */
      both: count,
      lost: count,
      /** Wrong at both ends, and how many of them are right at λ = ½. */
      neither: count,
      won: count,
    }),
  ),
  /** The same path on this many training images, without augmentation. */
  train: v.optional(
    v.object({
      images: count,
      ...curves,
      barrierAccuracy: share,
      barrierLoss: measure,
    }),
  ),
});
export type LandscapeResult = v.InferOutput<typeof LandscapeResultSchema>;
