/** Computes everything that is reported of Shapley values from the evaluation of a plan's coalitions. */
import type { Player } from '../../core/adapter-layout.ts';
import type { CoalitionTally } from './coalition-tally.ts';
import { giniConcentration, topThirdInfluence, topThirdShare } from './concentration.ts';
import { efficiencyResidual, overImages } from './values.ts';

/** Shapley values of the layers of one adapter, with their errors. */
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
  /** As accuracyError, in nats. */
  readonly lossError: number[];
  /** The part of both errors due to the choice of coalitions, [players]; null if all were evaluated. */
  readonly coalitionError: { readonly accuracy: number[]; readonly loss: number[] } | null;
  /** v(all) − v(none) − Σφ in accuracy. */
  readonly residual: number;
  readonly images: number;
  readonly coalitions: number;
  /** Of the values in accuracy (concentration.ts); null when no layer has any. */
  readonly topThirdShare: number | null;
  /** [images]: contribution of every image to the top-third share, to first order, centred at 0; null if there is no share. */
  readonly topThirdInfluence: Float64Array | null;
  /** The same. */
  readonly gini: number | null;
}

/** @param tally of the images so far, at least one */
export function analyseShapley(tally: CoalitionTally, players: readonly Player[]): ShapleyAnalysis {
  const { plan, all, motifs } = tally;
  const ofQuantity = (quantity: 'accuracy' | 'loss') => {
    const perImage = tally.perImage[quantity];
    const { values, dataError } = overImages(perImage, plan.players, motifs);
    const means = all.means(quantity);
    const overCoalitions = plan.samplingError(means);
    const error = dataError.map((ofData, player) =>
      Math.hypot(Number.isNaN(ofData) ? 0 : ofData, overCoalitions[player]),
    );
    return { values, error, overCoalitions, means, perImage };
  };
  const accuracy = ofQuantity('accuracy');
  const negativeLoss = ofQuantity('loss');
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
    images: all.images,
    coalitions: plan.coalitions.length,
    topThirdShare: topThirdShare(players, accuracy.values),
    topThirdInfluence: topThirdInfluence(players, accuracy.values, accuracy.perImage),
    gini: giniConcentration(accuracy.values),
  };
}
