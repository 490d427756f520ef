/** The sentences under the interactions and the sets of layers. Empty while there is nothing to read. */
import { interactionsReading, layerSetsReading } from '../../../copra/readings/coalitions.ts';
import { differenceIn } from '../../../study/result/measures/arm-difference.ts';
import { MEAN_INTERACTION } from '../../../study/result/measures/credit.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { readArms } from '../../results/read-arms.ts';

const knownOf = ({ shapley }: StudyResult) =>
  shapley.flatMap(({ arm, images, players, everyCoalition }) =>
    everyCoalition && players.length > 1 ? [{ arm, images, ...everyCoalition }] : [],
  );

export function interactionsCaption(result: StudyResult): string {
  const runs = knownOf(result).map(({ arm, images, interactions }) => ({
    arm,
    images,
    accuracy: interactions.accuracy,
  }));
  return runs.length > 0
    ? readArms(result, runs, (arms) => interactionsReading(arms, differenceIn(result, MEAN_INTERACTION)))
    : '';
}

export function layerSetsCaption(result: StudyResult): string {
  const runs = knownOf(result).map(({ arm, images, first, last, best, mean }) => ({
    arm,
    images,
    first: first.accuracy,
    last: last.accuracy,
    best: best.accuracy,
    mean: mean.accuracy,
  }));
  return runs.length > 0 ? readArms(result, runs, layerSetsReading) : '';
}
