/** Shapley values of layers or projections. */
import * as v from 'valibot';
import { ESTIMATORS } from '../../../copra/shapley/estimator-ids.ts';
import { PROJECTIONS } from '../../../core/adapter-layout.ts';
import {
  count,
  curves,
  differences,
  finite,
  labelText,
  measures,
  perImageText,
  player,
  share,
} from '../../result/measured.ts';

/** A number of every image, packed by measures/influence.ts: signed bytes, times `scale`. */
const packedImages = v.object({ scale: finite, values: perImageText });

/** Scores with 0, 1, … n layers on, [players + 1]; losses are cross-entropies. */
const scoresBySize = v.object(curves);

/** What is read off the values of all coalitions of layers (copra/shapley/interactions.ts, layer-sets.ts). */
const EveryCoalitionSchema = v.object({
  /** Shapley interaction index of every pair of layers, in accuracy and in −loss, [pairs] in the order of core/pairs.ts. */
  interactions: v.object({
    accuracy: differences,
    accuracyError: differences,
    loss: measures,
    lossError: measures,
    /** Mean over the pairs, of every image, in accuracy: its difference from the mean of all images. */
    meanByImage: v.optional(packedImages),
  }),
  /** Only the layers nearest the input, or the output. */
  first: scoresBySize,
  last: scoresBySize,
  /** The best set of its size: chosen on one half of the images, tested on the other; mean of both ways. */
  best: scoresBySize,
  /** Mean of all sets of this size. */
  mean: scoresBySize,
  /** [players + 1]: the most accurate set of its size on all images, as a bit mask (bit i = player i). */
  bestMasks: v.array(count),
});
export type EveryCoalition = v.InferOutput<typeof EveryCoalitionSchema>;

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
  /** How many motifs these show. Absent where nobody knows, and in results of earlier versions. */
  motifs: v.optional(count),
  coalitions: count,
  /** Share of Σ|φ| (accuracy) in the top third of the layers of the network (the layers nearest the output). */
  topThirdShare: v.nullable(share),
  /** First-order contribution of every image to it: signed bytes, times `scale`. */
  topThirdInfluence: v.optional(packedImages),
  /** Of every image (of those in `task.kept`, where the result keeps some): base64 of float32 [players, images], in correctness and in −loss (nats). Absent for many images. */
  perImage: v.optional(v.object({ accuracy: perImageText, loss: perImageText })),
  /** Bits [players + 1, images], a row padded to bytes: the images classified correctly without one layer, layer by layer, and with all. Exact values only. */
  withoutOne: v.optional(perImageText),
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
  /** Absent where coalitions were sampled or projections play, and in results of earlier versions. */
  everyCoalition: v.optional(EveryCoalitionSchema),
});
export type ShapleyResult = v.InferOutput<typeof ShapleyResultSchema>;
