/** What the values of all coalitions say beyond Shapley values, as a part of the result. */
import type { Player } from '../../../core/adapter-layout.ts';
import { mean } from '../../../core/statistics.ts';
import type { CoalitionTally } from '../../../copra/shapley/coalition-tally.ts';
import { layerSets } from '../../../copra/shapley/layer-sets.ts';
import { packInfluence } from '../../result/measures/influence.ts';
import type { EveryCoalition } from './result.ts';

/** Null where too little is known: sampled coalitions, or a single image. */
export function everyCoalitionOf(tally: CoalitionTally, players: readonly Player[]): EveryCoalition | null {
  const { pairs } = tally;
  const sets = pairs && layerSets(tally, players);
  if (!sets) return null;
  const { accuracy, loss } = pairs;
  const centre = mean(accuracy.meanOfImage);
  return {
    interactions: {
      accuracy: [...accuracy.mean],
      accuracyError: [...accuracy.error()],
      loss: [...loss.mean],
      lossError: [...loss.error()],
      meanByImage: packInfluence(Float64Array.from(accuracy.meanOfImage, (value) => value - centre)),
    },
    ...sets,
  };
}
