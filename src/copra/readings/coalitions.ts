/** Sentences on what the values of all coalitions of layers say: interactions of layers, and sets of layers. */
import { listed } from '../../core/listed.ts';
import { fixed } from '../../core/number-format.ts';
import { mean } from '../../core/statistics.ts';
import { clearSide } from '../seed-differences.ts';
import { CAPTION_WORDS } from './captions/messages.ts';
import { READING_WORDS } from './messages.ts';
import { countedEach, intervalRemark, percent, sentence, statedDifference, withResults } from './words.ts';
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

/**
 * Whether layers are substitutes (negative interactions), and of which arm more so.
 * @param differ difference of two arms in the mean interaction
 */
export function interactionsReading(arms: readonly ArmResults<InteractionResult>[], differ: Differ): string {
  const measured = withResults(arms).map((arm) => ({
    ...arm,
    centre: mean(arm.results.map(({ accuracy }) => mean(accuracy))),
  }));
  if (measured.length === 0) return READING_WORDS.nothingYet;
  const [base, ...others] = measured;
  const { images } = base.results[0];
  const pairs = measured.map(({ results: [{ accuracy }] }) => accuracy.length);
  const seeds = countedEach(
    measured.map(({ results }) => results.length),
    'seed',
  );
  const worth = measured.map(({ name, centre }, i) =>
    CAPTION_WORDS.coalitions.worth(finePoints(centre), centre < 0, name, i === 0),
  );
  const compared = others.map(({ id, name, centre }) => {
    const interval = differ(base.id, id);
    const { difference, shared } = statedDifference(interval, centre - base.centre, DIGITS);
    const remark = intervalRemark(interval, difference, DIGITS);
    const side = interval && clearSide(interval);
    const { tooFew, unclear, substitutes } = CAPTION_WORDS.coalitions;
    if (side === null) return `${tooFew}${remark}`;
    if (side === 0) return `${unclear}${remark}`;
    return `${substitutes(name, base.name, finePoints(difference), difference < 0)}${shared}${remark}`;
  });
  return sentence([
    CAPTION_WORDS.coalitions.together(listed(worth), pairs, `${seeds}, ${READING_WORDS.testImages(images)}`),
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

/** What is left with half of the layers on: of those that an arm adapts, which its sentence counts where they are others than those before. */
export function layerSetsReading(arms: readonly ArmResults<LayerSetResult>[]): string {
  const measured = withResults(arms);
  if (measured.length === 0) return READING_WORDS.nothingYet;
  const [{ images }] = measured[0].results;
  const seeds = countedEach(
    measured.map(({ results }) => results.length),
    'seed',
  );
  const layersOf = ({ results: [{ first }] }: (typeof measured)[number]): number => first.length - 1;
  const parts = measured.map((arm, i) => {
    const { name, results } = arm;
    const layers = layersOf(arm);
    const half = Math.floor(layers / 2);
    const [low, high, best, any, all] = [
      ...(['first', 'last', 'best', 'mean'] as const).map((kind) => mean(results.map((run) => run[kind][half]))),
      mean(results.map((run) => run.first[layers])),
    ].map((share) => percent(share, 1));
    const sets = CAPTION_WORDS.coalitions.sets(name, { first: low, last: high, best, any, all });
    const isCounted = i > 0 && layers === layersOf(measured[i - 1]);
    return isCounted ? sets : CAPTION_WORDS.coalitions.withHalf(half, layers, sets, i === 0);
  });
  return sentence([...parts, CAPTION_WORDS.coalitions.chosen(`${seeds}, ${READING_WORDS.testImages(images)}`)]);
}
