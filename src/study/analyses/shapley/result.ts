/** Shapley values of layers or projections. */
import * as v from 'valibot';
import { ESTIMATORS } from '../../../copra/shapley/plan.ts';
import { PROJECTIONS } from '../../../core/adapter-layout.ts';
import { count, differences, finite, labelText, measures, perImageText, player, share } from '../../result/measured.ts';

export const ShapleyResultSchema = v.object({
  arm: labelText,
  seed: count,
  /** Layers, or projections of layers. */
  players: v.array(v.object({ ...player.entries, projection: v.optional(v.picklist(PROJECTIONS)) })),
  estimator: v.picklist(ESTIMATORS),
  /** Shapley values in accuracy (share of images) and in −loss (nats), one per player. */
  accuracy: differences,
  accuracyError: differences,
  loss: measures,
  lossError: measures,
  /** The part of the errors due to the choice of coalitions, one per player; the rest is due to the images. Absent for exact values. */
  coalitionError: v.optional(v.object({ accuracy: differences, loss: measures })),
  /** v(all) − v(none) − Σφ: 0 up to rounding. */
  residual: finite,
  images: count,
  coalitions: count,
  /** Share of Σ|φ| (accuracy) in the top third of the layers of the network (the layers nearest the output). */
  topThirdShare: v.nullable(share),
  /** First-order contribution of every image to it: signed bytes, times `scale`. */
  topThirdInfluence: v.optional(v.object({ scale: finite, values: perImageText })),
  /** The same at earlier training steps, first to last. */
  evolution: v.optional(
    v.array(
      v.object({
        step: count,
        accuracy: differences,
        accuracyError: differences,
        loss: measures,
        lossError: measures,
        topThirdShare: v.nullable(share),
      }),
    ),
  ),
});
export type ShapleyResult = v.InferOutput<typeof ShapleyResultSchema>;
