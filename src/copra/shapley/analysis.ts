/** Computes everything that is reported from the evaluation of a plan's coalitions. */
import type { Player } from '../../core/adapter-layout.ts';
import { mean } from '../../core/statistics.ts';
import { giniConcentration, topThirdInfluence, topThirdShare } from './concentration.ts';
import type { ShapleyPlan } from './plan.ts';
import { efficiencyResidual, shapleyPerImage } from './values.ts';

export interface ShapleyAnalysis {
  /** Shapley values in accuracy (share of images), [players]. */
  readonly accuracy: number[];
  /**
   * Their standard errors: over images and, for sampled coalitions, over coalitions, added in quadrature. They do not cover other training
   * seeds. 0 for a single image, which gives no error estimate.
   */
  readonly accuracyError: number[];
  /** Shapley values in −cross-entropy (nats), [players]; positive where a layer lowers the loss. */
  readonly loss: number[];
  readonly lossError: number[];
  /** The part of both errors due to the choice of coalitions, [players]; null if all were evaluated. */
  readonly coalitionError: { readonly accuracy: number[]; readonly loss: number[] } | null;
  /** v(all) − v(none) − Σφ in accuracy. */
  readonly residual: number;
  readonly images: number;
  readonly coalitions: number;
  readonly topThirdShare: number | null;
  /** [images]: contribution of every image to the top-third share, to first order, centred at 0; null if there is no share. */
  readonly topThirdInfluence: Float64Array | null;
  readonly gini: number | null;
}

/**
 * @param loss [coalitions, images] cross-entropies; @param predicted [coalitions, images] classes; @param labels [images]
 */
export function analyseShapley(
  plan: ShapleyPlan,
  players: readonly Player[],
  loss: Float32Array,
  predicted: Int32Array,
  labels: Int32Array,
): ShapleyAnalysis {
  const images = labels.length;
  if (loss.length !== predicted.length)
    throw new RangeError(`Losses and predictions differ in number: ${loss.length} and ${predicted.length}.`);
  const correct = Float32Array.from(predicted, (label, i) => Number(label === labels[i % images]));
  const ofValue = (matrix: Float32Array) => {
    const { values, dataError, perImage } = shapleyPerImage(plan, matrix, images);
    const means = plan.coalitions.map((_, c) => mean(matrix.subarray(c * images, (c + 1) * images)));
    const overCoalitions = plan.samplingError(means);
    const error = dataError.map((ofData, player) => Math.hypot(images > 1 ? ofData : 0, overCoalitions[player]));
    return { values, error, overCoalitions, means, perImage };
  };
  const accuracy = ofValue(correct);
  const negativeLoss = ofValue(loss.map((value) => -value));
  return {
    accuracy: [...accuracy.values],
    accuracyError: [...accuracy.error],
    loss: [...negativeLoss.values],
    lossError: [...negativeLoss.error],
    coalitionError:
      plan.estimator === 'exact'
        ? null
        : { accuracy: [...accuracy.overCoalitions], loss: [...negativeLoss.overCoalitions] },
    residual: efficiencyResidual(plan, accuracy.means, accuracy.values),
    images,
    coalitions: plan.coalitions.length,
    topThirdShare: topThirdShare(players, accuracy.values),
    topThirdInfluence: topThirdInfluence(players, accuracy.values, accuracy.perImage),
    gini: giniConcentration(accuracy.values),
  };
}
