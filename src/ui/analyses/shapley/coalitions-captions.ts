/** The sentences under the interactions and the sets of layers. Empty while there is nothing to read. */
import { differenceIn } from '../../../study/result/measures/arm-difference.ts';
import { creditImages, MEAN_INTERACTION } from '../../../study/result/measures/credit.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { comparedArms } from '../../../state/summary/findings.ts';
import { toldOf, type Told } from '../../results/told-of.ts';
import { byArm, ofNamedArms, readArms, withNamedArms } from '../../results/read-arms.ts';
import type { Drawn } from '../../../core/clusters.ts';
import { listed } from '../../../core/listed.ts';
import { fixed } from '../../../core/number-format.ts';
import { mean } from '../../../core/statistics.ts';
import { clearSide } from '../../../copra/seed-differences.ts';
import { READING_WORDS } from '../../../study/readings/messages.ts';
import { asPoints, unbrokenPercent } from '../../../study/readings/numbers.ts';
import {
  countedEach,
  intervalRemark,
  namedIntervalRemark,
  nothingYet,
  sentence,
  statedDifference,
  testImages,
  UNREAD,
  withResults,
} from '../../../study/readings/words.ts';
import type { ArmResults, Differ, Reading } from '../../../study/readings/words.ts';
import { SHAPLEY_FIGURE_WORDS } from './further/messages.ts';

/** The interactions of the pairs of layers of one run, in accuracy. */
export interface InteractionResult extends Drawn {
  /** [pairs] */
  readonly accuracy: readonly number[];
}

/** Interactions are small: points with two digits. */
const DIGITS = 2;
const finePoints = (share: number): string => fixed(100 * Math.abs(share), DIGITS);

/** Layers substitute for one another where they interact below zero, and need one another above. @param centres mean interactions of two arms */
const areSubstitutes = (...centres: readonly number[]): boolean => centres.every((centre) => centre < 0);

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
  const images = testImages(base.results[0]);
  const pairs = measured.map(({ results: [{ accuracy }] }) => accuracy.length);
  const seeds = countedEach(
    measured.map(({ results }) => results.length),
    'seed',
  );
  const worth = measured.map(({ name, centre }, i) =>
    SHAPLEY_FIGURE_WORDS.interactions.caption.worth(finePoints(centre), centre < 0, name, i === 0),
  );
  const compared = others.map(({ id, name, centre }) => {
    const interval = differ(base.id, id);
    const { difference, shared } = statedDifference(interval, centre - base.centre, DIGITS);
    const remark = intervalRemark(interval, difference, DIGITS);
    const side = interval && clearSide(interval);
    const { tooFew, unclear, substitutes, needs } = SHAPLEY_FIGURE_WORDS.interactions.caption;
    if (side === null || side === 0)
      return `${side === null ? tooFew : unclear}${namedIntervalRemark(interval, base.name, name, DIGITS)}`;
    const [size, isLower] = [finePoints(difference), difference < 0];
    const said = areSubstitutes(base.centre, centre)
      ? substitutes(name, base.name, size, isLower)
      : needs(name, base.name, size, !isLower);
    return `${said}${shared}${remark}`;
  });
  return sentence([
    SHAPLEY_FIGURE_WORDS.interactions.caption.together(listed(worth), pairs, `${seeds}, ${images}`),
    ...compared,
  ]);
}

/** Accuracies of one run with 0, 1, … n layers on, [layers + 1] each. */
export interface LayerSetResult extends Drawn {
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly best: readonly number[];
  readonly mean: readonly number[];
}

/** What is left with half of the layers on: of those that an arm adapts, which its sentence counts where they are others than those before. */
export function layerSetsReading(arms: readonly ArmResults<LayerSetResult>[]): Reading {
  const measured = withResults(arms);
  if (measured.length === 0) return nothingYet();
  const images = testImages(measured[0].results[0]);
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
    ].map((share) => unbrokenPercent(share, 1));
    const sets = SHAPLEY_FIGURE_WORDS.sets.caption.sets(name, { first: low, last: high, best, any, all });
    const isCounted = i > 0 && layers === layersOf(measured[i - 1]);
    return isCounted ? sets : SHAPLEY_FIGURE_WORDS.sets.caption.withHalf(half, layers, sets, i === 0);
  });
  const over = `${seeds}, ${images}`;
  const best = measured.map((arm) => {
    const half = Math.floor(layersOf(arm) / 2);
    const [chosen, all] = [half, layersOf(arm)].map((on) =>
      unbrokenPercent(mean(arm.results.map((run) => run[on === half ? 'best' : 'first'][on])), 1),
    );
    return SHAPLEY_FIGURE_WORDS.sets.caption.best(arm.name, chosen, all);
  });
  return {
    numbers: sentence([SHAPLEY_FIGURE_WORDS.sets.caption.bestHalf(best, over)]),
    reading: sentence([...parts, SHAPLEY_FIGURE_WORDS.sets.caption.chosen(over)]),
  };
}

const knownOf = (result: StudyResult) =>
  result.shapley.flatMap((entry) => {
    const { arm, players, everyCoalition } = entry;
    return everyCoalition && players.length > 1 ? [{ arm, drawn: creditImages(result, entry), ...everyCoalition }] : [];
  });

/** Of the two arms that the first screen compares. */
export function interactionsTold(result: StudyResult): Told {
  const centres = (comparedArms(result.config) ?? []).map(({ id }) =>
    mean(MEAN_INTERACTION.values(result, id).map(({ value }) => value)),
  );
  const { substitutes, needs } = SHAPLEY_FIGURE_WORDS.interactions.comparisons;
  return toldOf(result, areSubstitutes(...centres) ? substitutes : needs, MEAN_INTERACTION, asPoints(DIGITS));
}

export function interactionsCaption(result: StudyResult): string {
  const runs = knownOf(result).map(({ arm, drawn, interactions }) => ({
    arm,
    ...drawn,
    accuracy: interactions.accuracy,
  }));
  return runs.length > 0
    ? readArms(result, runs, (arms) => interactionsReading(arms, differenceIn(result, MEAN_INTERACTION)))
    : '';
}

export function layerSetsCaption(result: StudyResult): Reading {
  const runs = knownOf(result).map(({ arm, drawn, first, last, best, mean }) => ({
    arm,
    ...drawn,
    first: first.accuracy,
    last: last.accuracy,
    best: best.accuracy,
    mean: mean.accuracy,
  }));
  if (runs.length === 0) return UNREAD;
  const config = withNamedArms(result.config);
  return ofNamedArms(layerSetsReading(byArm({ config }, runs)), result.config);
}
