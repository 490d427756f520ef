/** What the values of all coalitions say beyond Shapley values, as a part of the result. */
import type { Player } from '../../../core/adapter-layout.ts';
import { significant } from '../../../core/number-format.ts';
import { mean } from '../../../core/statistics.ts';
import type { CoalitionTally } from '../../../copra/shapley/coalition-tally.ts';
import { layerSets, type ScoresBySize } from '../../../copra/shapley/layer-sets.ts';
import { packInfluence } from '../../result/measures/influence.ts';
import type { EveryCoalition } from './result.ts';

const shortened = (values: Iterable<number>): number[] => Array.from(values, significant);

const shortScores = ({ accuracy, loss }: ScoresBySize): ScoresBySize => ({
  accuracy: shortened(accuracy),
  loss: shortened(loss),
});

/** Null where too little is known: sampled coalitions, or a single motif. */
export function everyCoalitionOf(tally: CoalitionTally, players: readonly Player[]): EveryCoalition | null {
  const { pairs, motifs } = tally;
  const sets = pairs && layerSets(tally, players);
  if (!sets) return null;
  const { accuracy, loss } = pairs;
  const ofImages = accuracy.meanOfImage();
  const centre = mean(ofImages);
  return {
    interactions: {
      accuracy: shortened(accuracy.mean()),
      accuracyError: shortened(accuracy.error(motifs)),
      loss: shortened(loss.mean()),
      lossError: shortened(loss.error(motifs)),
      meanByImage: packInfluence(ofImages.map((value) => value - centre)),
    },
    first: shortScores(sets.first),
    last: shortScores(sets.last),
    best: shortScores(sets.best),
    mean: shortScores(sets.mean),
    bestMasks: sets.bestMasks,
  };
}
