/** Sentences on what the values of all coalitions of layers say: interactions of layers, and sets of layers. */
import { counted } from '../../core/counted.ts';
import { listed } from '../../core/listed.ts';
import { fixed } from '../../core/number-format.ts';
import { mean } from '../../core/statistics.ts';
import { clearSide } from '../seed-differences.ts';
import { countedEach, intervalRemark, NOTHING_YET, percent, sentence, withResults } from './words.ts';
import type { ArmResults, Differ } from './words.ts';

/** The interactions of the pairs of layers of one run, in accuracy. */
export interface InteractionResult {
  /** [pairs] */
  readonly accuracy: readonly number[];
  readonly images: number;
}

/** Interactions are small: points with two digits. */
const DIGITS = 2;
const finePoints = (share: number): string => fixed(100 * Math.abs(share), DIGITS);

/** "0.12 points less", "0.05 points more" */
const change = (share: number): string => `${finePoints(share)} points ${share < 0 ? 'less' : 'more'}`;

/**
 * Whether layers are substitutes (negative interactions), and of which arm more so.
 * @param differ difference of two arms in the mean interaction
 */
export function interactionsReading(arms: readonly ArmResults<InteractionResult>[], differ: Differ): string {
  const measured = withResults(arms).map((arm) => ({
    ...arm,
    centre: mean(arm.results.map(({ accuracy }) => mean(accuracy))),
  }));
  if (measured.length === 0) return NOTHING_YET;
  const [base, ...others] = measured;
  const { accuracy, images } = base.results[0];
  const seeds = countedEach(
    measured.map(({ results }) => results.length),
    'seed',
  );
  const worth = measured.map(({ name, centre }, i) => `${change(centre)}${i === 0 ? ' than apart' : ''} for ${name}`);
  const compared = others.map(({ id, name, centre }) => {
    const difference = centre - base.centre;
    const interval = differ(base.id, id);
    const remark = intervalRemark(interval, difference, DIGITS);
    const side = interval && clearSide(interval);
    if (side === null) return `from too few seeds to say whose layers are more of substitutes${remark}`;
    if (side === 0) return `it is not clear whose layers are more of substitutes${remark}`;
    const more = difference < 0 ? 'more' : 'less';
    return `${name}’s layers are ${more} of substitutes than ${base.name}’s, by ${finePoints(difference)} points${remark}`;
  });
  return sentence([
    `Two layers together are worth ${listed(worth)} (mean of ${counted(accuracy.length, 'pair')}; ${seeds}, ${counted(images, 'test image')})`,
    ...compared,
  ]);
}

/** Accuracies of one run with 0, 1, … n layers on, [layers + 1] each. */
export interface LayerSetResult {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly best: readonly number[];
  readonly mean: readonly number[];
  readonly images: number;
}

/** What is left with half of the layers on. */
export function layerSetsReading(arms: readonly ArmResults<LayerSetResult>[]): string {
  const measured = withResults(arms);
  if (measured.length === 0) return NOTHING_YET;
  const [{ first, images }] = measured[0].results;
  const layers = first.length - 1;
  const half = Math.floor(layers / 2);
  const seeds = countedEach(
    measured.map(({ results }) => results.length),
    'seed',
  );
  const parts = measured.map(({ name, results }) => {
    const [low, high, best, any, all] = [
      ...(['first', 'last', 'best', 'mean'] as const).map((kind) => mean(results.map((run) => run[kind][half]))),
      mean(results.map((run) => run.first[layers])),
    ].map((share) => percent(share, 1));
    return `${name} has ${low} with the first, ${high} with the last, ${best} with the best and ${any} with any set on average, and ${all} with all`;
  });
  return sentence([
    `With ${half} of ${counted(layers, 'layer')} on, ${parts[0]}`,
    ...parts.slice(1),
    `the best set is chosen on one half of the images and tested on the other (${seeds}, ${counted(images, 'test image')})`,
  ]);
}
