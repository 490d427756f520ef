/** How Shapley values are spread over the layers, and how layers interact. */
import { meanInteractionWeights } from '../../../copra/shapley/interactions.ts';
import { byMotif, type Sample } from '../../../core/clusters.ts';
import { mean } from '../../../core/statistics.ts';
import { listedMotifs } from '../motifs.ts';
import type { StudyResult } from '../result.ts';
import { unpackInfluence } from './influence.ts';
import { finite, type Measure } from './measure.ts';
import { MEASURE_WORDS } from './messages.ts';
import { testSample } from './sample.ts';

/** Shapley values are of the first test images. */
function shapleySample(result: StudyResult): Sample | null {
  const images = result.shapley[0]?.images;
  return images === undefined ? null : testSample(result, images);
}

export const TOP_THIRD_SHARE: Measure = {
  id: 'top third',
  get name() {
    return MEASURE_WORDS.topThird;
  },
  unit: 'seed',
  lowerIsBetter: true,
  sample: shapleySample,
  values: (result, arm) => {
    const motifs = listedMotifs(result.task.motifs);
    return result.shapley.flatMap((entry) => {
      const { seed, topThirdShare, topThirdInfluence, accuracy, images } = entry;
      if (entry.arm !== arm || !finite(topThirdShare)) return [];
      const credit = accuracy.reduce((sum, value) => sum + Math.abs(value), 0);
      const sensitivity = 1 / credit ** 2 / 2;
      const influence = unpackInfluence(topThirdInfluence, images);
      return [
        {
          seeds: [seed],
          value: topThirdShare,
          sensitivity,
          ...(influence && {
            byMotif: byMotif(
              influence.map((value) => topThirdShare + value),
              motifs,
            ),
          }),
        },
      ];
    });
  },
};

/** Negative where layers are substitutes. */
export const MEAN_INTERACTION: Measure = {
  id: 'mean interaction',
  get name() {
    return MEASURE_WORDS.interaction;
  },
  unit: 'seed',
  lowerIsBetter: true,
  sample: shapleySample,
  values: (result, arm) => {
    const motifs = listedMotifs(result.task.motifs);
    return result.shapley.flatMap(({ seed, images, players, everyCoalition, ...entry }) => {
      if (entry.arm !== arm || !everyCoalition || players.length < 2) return [];
      const { accuracy, meanByImage } = everyCoalition.interactions;
      const value = mean(accuracy);
      const influence = unpackInfluence(meanByImage, images);
      return [
        {
          seeds: [seed],
          value,
          sensitivity:
            meanInteractionWeights(players.length).reduce((sum, { weight, sets }) => sum + sets * weight ** 2, 0) / 2,
          ...(influence && {
            byMotif: byMotif(
              influence.map((one) => value + one),
              motifs,
            ),
          }),
        },
      ];
    });
  },
};
