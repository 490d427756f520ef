/** How Shapley values are spread over the layers, and how layers interact. */
import { meanInteractionWeights } from '../../../copra/shapley/interactions.ts';
import { byMotif, type Drawn } from '../../../core/clusters.ts';
import type { SeedValue } from '../../../core/crossed-interval.ts';
import { mean } from '../../../core/statistics.ts';
import type { ShapleyResult } from '../../analyses/shapley/result.ts';
import { countMotifs, listedMotifs } from '../motifs.ts';
import type { StudyResult } from '../result.ts';
import { testedImages } from '../tested-images.ts';
import { unpackInfluence, type PackedInfluence } from './influence.ts';
import { finite, type Measure } from './measure.ts';
import { MEASURE_WORDS } from './messages.ts';

/** How many motifs the first test images show; null where that is not known. */
function motifsOfFirst({ task, config }: Pick<StudyResult, 'task' | 'config'>, images: number): number | null {
  const { motifs } = task;
  const listed = listedMotifs(motifs);
  if (listed) return countMotifs(listed.slice(0, images));
  return motifs !== undefined && images === testedImages({ task, config }) ? countMotifs(motifs) : null;
}

/** The images of Shapley values, which are the first test images. */
export const creditImages = (
  result: Pick<StudyResult, 'task' | 'config'>,
  { images, motifs }: Pick<ShapleyResult, 'images' | 'motifs'>,
): Drawn => ({ images, motifs: motifs ?? motifsOfFirst(result, images) });

/** @param influence of single images on the value */
function creditValue(
  { task }: StudyResult,
  { seed, images }: ShapleyResult,
  value: number,
  sensitivity: number,
  influence: PackedInfluence | undefined,
): SeedValue {
  const ofImages = unpackInfluence(influence, images);
  const byImage = ofImages?.map((one) => value + one);
  return {
    seeds: [seed],
    value,
    sensitivity,
    ...(byImage && { byMotif: byMotif(byImage, listedMotifs(task.motifs)) }),
  };
}

const creditMeasure = (
  id: string,
  name: 'topThird' | 'interaction',
  valueOf: (result: StudyResult, entry: ShapleyResult) => SeedValue[],
): Measure => ({
  id,
  get name() {
    return MEASURE_WORDS[name];
  },
  unit: 'seed',
  lowerIsBetter: true,
  sample: (result) => (result.shapley.length > 0 ? creditImages(result, result.shapley[0]) : null),
  values: (result, arm) => result.shapley.flatMap((entry) => (entry.arm === arm ? valueOf(result, entry) : [])),
});

export const TOP_THIRD_SHARE = creditMeasure('top third', 'topThird', (result, entry) => {
  const { topThirdShare, topThirdInfluence, accuracy } = entry;
  if (!finite(topThirdShare)) return [];
  const credit = accuracy.reduce((sum, value) => sum + Math.abs(value), 0);
  return [creditValue(result, entry, topThirdShare, 1 / credit ** 2 / 2, topThirdInfluence)];
});

/** Negative where layers are substitutes. */
export const MEAN_INTERACTION = creditMeasure('mean interaction', 'interaction', (result, entry) => {
  const { players, everyCoalition } = entry;
  if (!everyCoalition || players.length < 2) return [];
  const { accuracy, meanByImage } = everyCoalition.interactions;
  const weights = meanInteractionWeights(players.length);
  const sensitivity = weights.reduce((sum, { weight, sets }) => sum + sets * weight ** 2, 0) / 2;
  return [creditValue(result, entry, mean(accuracy), sensitivity, meanByImage)];
});
