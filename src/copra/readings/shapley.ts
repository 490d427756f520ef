import { either, listed } from '../../core/listed.ts';
import { counted } from '../../core/counted.ts';
import { MISSING } from '../../core/number-format.ts';
import type { Player } from '../../core/adapter-layout.ts';
import { carriesCredit } from '../shapley/concentration.ts';
import { clearSide } from '../seed-differences.ts';
import { thirdsOfPlayers } from '../thirds.ts';
import {
  NOTHING_YET,
  countedEach,
  intervalRemark,
  meanOfKnown,
  percent,
  points,
  sentence,
  withResults,
} from './words.ts';
import type { ArmResults, Differ } from './words.ts';

export interface CreditResult {
  readonly players: readonly Player[];
  /** Shapley values in accuracy, one per player. */
  readonly accuracy: readonly number[];
  readonly accuracyError: readonly number[];
  /** The part of the error due to sampled coalitions. */
  readonly coalitionError?: { readonly accuracy: readonly number[] };
  readonly images: number;
  readonly topThirdShare: number | null;
}

/**
 * How much of the credit the layers nearest the output carry, and which arm spreads it more evenly.
 * @param differ difference of two arms in the share of the top third
 */
export function shapleyReading(arms: readonly ArmResults<CreditResult>[], differ: Differ): string {
  const measured = withResults(arms);
  if (measured.length === 0) return NOTHING_YET;
  const all = measured.map((arm) => ({ ...arm, share: meanOfKnown(arm.results.map(shareOf)) }));
  const credited = all.flatMap(({ share, ...arm }) => (share === null ? [] : [{ ...arm, share }]));
  const none = all.filter(({ share }) => share === null).map(({ name }) => name);
  const { players, images } = measured[0].results[0];
  const even = thirdsOfPlayers({ players }).filter((third) => third === 'high').length / players.length;
  const seeds = countedEach(
    measured.map(({ results }) => results.length),
    'seed',
  );
  if (credited.length === 0)
    return sentence([`No layer of ${either(none)} carries credit (${seeds}, ${counted(images, 'test image')})`]);
  const [base, ...others] = credited;
  const carried = credited.map(({ name, share }, i) =>
    i === 0 ? `${name}’s top third of layers carries ${percent(share)} of the credit` : `${name}’s ${percent(share)}`,
  );
  const compared = others.map(({ id, name, share }) => {
    const unevenness = Math.abs(share - even) - Math.abs(base.share - even);
    const interval = differ(base.id, id);
    const remark = intervalRemark(interval, share - base.share);
    const side = interval && clearSide(interval);
    if (side === null) return `from too few seeds to say which spreads it more evenly${remark}`;
    if (side === 0) return `it is not clear which spreads it more evenly${remark}`;
    if (points(unevenness) === '0.0') return `${name} spreads it as evenly as ${base.name}${remark}`;
    return `${name} spreads it ${unevenness < 0 ? 'more' : 'less'} evenly than ${base.name}${remark}`;
  });
  return sentence([
    `${listed(carried)} (equal layers would carry ${percent(even)}; ${seeds}, ${counted(images, 'test image')}, ` +
      `${errorsOf(measured.flatMap(({ results }) => results))})`,
    ...compared,
    none.length > 0 ? `no layer of ${either(none)} carries credit` : '',
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
  const name =
    players.length > new Set(players.map(({ tower, layer }) => `${tower} ${layer}`)).size ? 'projection' : 'layer';
  if (results.every(({ coalitionError }) => coalitionError === undefined))
    return `standard error of a ${name} up to ${largest(whole)} points`;
  const ofImages = whole.map((error, i) => Math.sqrt(Math.max(0, error ** 2 - ofCoalitions[i] ** 2)));
  return `standard error of a ${name} up to ${largest(ofImages)} points over images and ${largest(ofCoalitions)} over coalitions`;
}

/**
 * How the share of the top third moves over the steps.
 * @param arms one share per step each, the last one of the trained adapter; null if there is no credit
 */
export function evolutionReading(
  arms: readonly { readonly name: string; readonly shares: readonly (number | null)[] }[],
): string {
  if (arms.length === 0) return NOTHING_YET;
  const parts = arms.map(
    ({ name, shares }) => `${name} ${shares.map((share) => (share === null ? MISSING : percent(share))).join(' → ')}`,
  );
  return `Credit of the top third of layers over the steps: ${parts.join('; ')}.`;
}
