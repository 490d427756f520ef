/** Accuracy of sets of layers when the value of every coalition is known: the first k layers, the last k, and the best k of all. */
import type { Player } from '../../core/adapter-layout.ts';
import type { CoalitionTally } from './coalition-tally.ts';
import { coalitionSizes, maskOfGates } from './coalitions.ts';

/** Scores of sets of 0, 1, … n layers, [players + 1]: share of images, and mean cross-entropy in nats. */
export interface ScoresBySize {
  readonly accuracy: number[];
  readonly loss: number[];
}

/** Scores of sets of layers by their size, from 0 to all players. */
export interface LayerSets {
  /** Only the k layers nearest the input, or the output, are on. */
  readonly first: ScoresBySize;
  readonly last: ScoresBySize;
  /** The set of k layers that is best on one half of the images, on the other half, which shares no motif with it; the mean of both ways. */
  readonly best: ScoresBySize;
  /** Mean of all sets of k layers. */
  readonly mean: ScoresBySize;
  /** [players + 1]: bit mask of the set of k layers that is most accurate on all images; ties go to the lower loss. */
  readonly bestMasks: number[];
}

/**
 * Players from the input to the output. Layers of two towers are ordered by their depth relative to their tower's, the vision tower first where that is equal.
 * @returns positions in `players`
 */
export function fromInput(players: readonly Player[]): number[] {
  const depth = ({ tower, layer }: Player): number => {
    const layers = players.flatMap((player) => (player.tower === tower ? [player.layer] : []));
    return (layers.filter((other) => other < layer).length + 0.5) / layers.length;
  };
  const depths = players.map(depth);
  return players.map((_, i) => i).sort((a, b) => depths[a] - depths[b] || a - b);
}

/** Values by bit mask, [2^players]. */
interface Values {
  readonly accuracy: Float64Array;
  readonly negativeLoss: Float64Array;
}

/** For every size, the mask with the highest value; ties go to the higher value of `second`, then to the lower mask. */
function bestOfSizes(value: Float64Array, second: Float64Array, players: number): number[] {
  const sizes = coalitionSizes(players);
  const best = new Array<number>(players + 1).fill(-1);
  sizes.forEach((size, mask) => {
    const known = best[size];
    const isBetter =
      known < 0 || value[mask] > value[known] || (value[mask] === value[known] && second[mask] > second[known]);
    if (isBetter) best[size] = mask;
  });
  return best;
}

const scoresAt = ({ accuracy, negativeLoss }: Values, masks: readonly number[]): ScoresBySize => ({
  accuracy: masks.map((mask) => accuracy[mask]),
  loss: masks.map((mask) => 0 - negativeLoss[mask]),
});

function meansOfSizes({ accuracy, negativeLoss }: Values, players: number): ScoresBySize {
  const sums = { accuracy: new Array<number>(players + 1).fill(0), loss: new Array<number>(players + 1).fill(0) };
  const counts = new Array<number>(players + 1).fill(0);
  coalitionSizes(players).forEach((size, mask) => {
    counts[size]++;
    sums.accuracy[size] += accuracy[mask];
    sums.loss[size] -= negativeLoss[mask];
  });
  return {
    accuracy: sums.accuracy.map((sum, size) => sum / counts[size]),
    loss: sums.loss.map((sum, size) => sum / counts[size]),
  };
}

/** Chosen on one half and tested on the other: by accuracy for the accuracies, by loss for the losses. */
function heldOut(chosenOn: Values, testedOn: Values, players: number): ScoresBySize {
  const byAccuracy = bestOfSizes(chosenOn.accuracy, chosenOn.negativeLoss, players);
  const byLoss = bestOfSizes(chosenOn.negativeLoss, chosenOn.accuracy, players);
  return { accuracy: scoresAt(testedOn, byAccuracy).accuracy, loss: scoresAt(testedOn, byLoss).loss };
}

const meanOfTwo = (a: readonly number[], b: readonly number[]): number[] => a.map((value, i) => (value + b[i]) / 2);

/**
 * @param tally of an exact plan whose players are `players`
 * @returns null for a single motif, which has no two halves
 * @throws RangeError when the plan samples coalitions
 */
export function layerSets(tally: CoalitionTally, players: readonly Player[]): LayerSets | null {
  const { plan, all, halves } = tally;
  if (plan.estimator !== 'exact') throw new RangeError('Sets of layers are known where every coalition was evaluated.');
  if (halves.some(({ images }) => images === 0)) return null;
  const masks = plan.coalitions.map(maskOfGates);
  const byMask = (means: Float64Array): Float64Array => {
    const out = new Float64Array(means.length);
    masks.forEach((mask, c) => (out[mask] = means[c]));
    return out;
  };
  const valuesOf = (sums: CoalitionTally['all']): Values => ({
    accuracy: byMask(sums.means('accuracy')),
    negativeLoss: byMask(sums.means('loss')),
  });
  const values = valuesOf(all);
  const [half, rest] = halves.map(valuesOf);
  const order = fromInput(players);
  const upTo = (list: readonly number[]): number[] =>
    [...list, -1].map((_, size) => list.slice(0, size).reduce((mask, player) => mask | (1 << player), 0));
  const [one, other] = [heldOut(half, rest, players.length), heldOut(rest, half, players.length)];
  return {
    first: scoresAt(values, upTo(order)),
    last: scoresAt(values, upTo(order.toReversed())),
    best: { accuracy: meanOfTwo(one.accuracy, other.accuracy), loss: meanOfTwo(one.loss, other.loss) },
    mean: meansOfSizes(values, players.length),
    bestMasks: bestOfSizes(values.accuracy, values.negativeLoss, players.length),
  };
}
