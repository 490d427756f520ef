/** Accuracy and loss along the paths between two adapters. */
import * as v from 'valibot';
import { answeredCurves, count, curves, finite, labelText, measure, share, shares } from '../../result/measured.ts';

export const LandscapeResultSchema = v.object({
  arm: labelText,
  /** Seeds of the adapters at λ = 0 and λ = 1. */
  seeds: v.tuple([count, count]),
  path: v.picklist(['factor', 'product']),
  lambdas: shares,
  ...answeredCurves,
  /** max_λ of chord − accuracy, in accuracy (Entezari et al. 2022); 0 when the path lies above its chord. */
  barrierAccuracy: share,
  barrierLoss: measure,
  /** (midpoint accuracy − frozen) / (mean end accuracy − frozen), frozen being zero-shot or head only. */
  midpointRetainedGain: v.nullable(finite),
  /** Alignment applied to the factors of both ends first; absent: none. */
  alignment: v.optional(v.picklist(['orthogonal', 'invertible'])),
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
