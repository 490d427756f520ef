/** The sentence under the Shapley values. Empty while there is nothing to read. */
import { differenceIn } from '../../../study/result/measures/arm-difference.ts';
import { creditImages, TOP_THIRD_SHARE } from '../../../study/result/measures/credit.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { readArms } from '../../results/read-arms.ts';
import { either, listed } from '../../../core/listed.ts';
import type { Drawn } from '../../../core/clusters.ts';
import type { Player } from '../../../core/adapter-layout.ts';
import { carriesCredit } from '../../../copra/shapley/concentration.ts';
import { clearSide } from '../../../copra/seed-differences.ts';
import { highShare } from '../../../copra/thirds.ts';
import { READING_WORDS } from '../../../study/readings/messages.ts';
import { meanOfKnown, unbrokenPercent, points } from '../../../study/readings/numbers.ts';
import {
  countedEach,
  intervalRemark,
  namedIntervalRemark,
  sentence,
  statedDifference,
  testImages,
  withResults,
} from '../../../study/readings/words.ts';
import type { ArmResults, Differ } from '../../../study/readings/words.ts';
import { SHAPLEY_WORDS } from './messages.ts';

export interface CreditResult extends Drawn {
  readonly players: readonly Player[];
  /** Shapley values in accuracy, one per player. */
  readonly accuracy: readonly number[];
  readonly accuracyError: readonly number[];
  /** The part of the error due to sampled coalitions. */
  readonly coalitionError?: { readonly accuracy: readonly number[] };
  readonly topThirdShare: number | null;
}

/**
 * How much of the credit the layers nearest the output carry, and which arm spreads it more evenly.
 * @param differ difference of two arms in the share of the top third
 */
export function shapleyReading(arms: readonly ArmResults<CreditResult>[], differ: Differ): string {
  const measured = withResults(arms);
  if (measured.length === 0) return READING_WORDS.nothingYet;
  const all = measured.map((arm) => ({
    ...arm,
    share: meanOfKnown(arm.results.map(shareOf)),
    even: highShare(arm.results[0].players), // arms that adapt other towers have other thirds
  }));
  const credited = all.flatMap(({ share, ...arm }) => (share === null ? [] : [{ ...arm, share }]));
  const none = all.filter(({ share }) => share === null).map(({ name }) => name);
  const images = testImages(measured[0].results[0]);
  const seeds = countedEach(
    measured.map(({ results }) => results.length),
    'seed',
  );
  const words = SHAPLEY_WORDS.caption;
  if (credited.length === 0) return sentence([words.noneAtAll(either(none), `${seeds}, ${images}`)]);
  const [base, ...others] = credited;
  const carried = credited.map(({ name, share }, i) => words.topThird(name, unbrokenPercent(share), i === 0));
  const evens = credited.map(({ even }) => unbrokenPercent(even));
  const compared = others.map(({ id, name, share, even }) => {
    const interval = differ(base.id, id);
    const { difference, shared } = statedDifference(interval, share - base.share);
    const remark = intervalRemark(interval, difference);
    const side = interval && clearSide(interval);
    if (side === null || side === 0)
      return `${side === null ? words.tooFew : words.unclear}${namedIntervalRemark(interval, base.name, name)}`;
    // The interval is of the share. It is one of evenness as long as both shares lie on the same side of one even share.
    const said =
      even === base.even && share > even === base.share > even
        ? words.evenly(name, base.name, difference < 0 === base.share > even)
        : words.carries(name, base.name, difference > 0);
    return `${said}${shared}${remark}`;
  });
  return sentence([
    words.whole(
      listed(carried),
      listed(evens.every((text) => text === evens[0]) ? evens.slice(0, 1) : evens),
      `${seeds}, ${images}, ${errorsOf(measured.flatMap(({ results }) => results))}`,
    ),
    ...compared,
    none.length > 0 ? words.noCredit(either(none)) : '',
  ]);
}

/** Null if there is no credit beyond rounding. */
const shareOf = ({ accuracy, topThirdShare }: CreditResult): number | null =>
  carriesCredit(accuracy) ? topThirdShare : null;

/** The largest standard errors of single layers, or projections, over images and, where these were sampled, over coalitions. */
function errorsOf(results: readonly CreditResult[]): string {
  const largest = (errors: readonly number[]): string => points(Math.max(0, ...errors));
  const whole = results.flatMap(({ accuracyError }) => accuracyError);
  const ofCoalitions = results.flatMap(({ accuracyError, coalitionError }) =>
    accuracyError.map((_, i) => coalitionError?.accuracy[i] ?? 0),
  );
  const [{ players }] = results;
  const words = SHAPLEY_WORDS.caption;
  const layers = new Set(players.map(({ tower, layer }) => `${tower} ${layer}`)).size;
  const player = words.players[players.length > layers ? 'projection' : 'layer'];
  if (results.every(({ coalitionError }) => coalitionError === undefined)) return words.error(player, largest(whole));
  const ofImages = whole.map((error, i) => Math.sqrt(Math.max(0, error ** 2 - ofCoalitions[i] ** 2)));
  return words.errors(player, largest(ofImages), largest(ofCoalitions));
}

export const shapleyCaption = (result: StudyResult): string =>
  result.shapley.length > 0
    ? readArms(
        result,
        result.shapley.map((entry) => ({ ...entry, ...creditImages(result, entry) })),
        (arms) => shapleyReading(arms, differenceIn(result, TOP_THIRD_SHARE)),
      )
    : '';
