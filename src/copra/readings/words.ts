/**
 * Wording and number formats shared by the readings. A reading states results in one plain sentence, for captions. The first arm is the
 * baseline for the others. Worse results are stated as plainly as better ones, and every sentence names the seeds, the images and their
 * sampling error.
 */
import { listed } from '../../core/listed.ts';
import { fixed, hundredths } from '../../core/number-format.ts';
import { counted } from '../../core/counted.ts';
import { binomialStandardError, mean, standardDeviation } from '../../core/statistics.ts';
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { SCOPE_WORDS } from '../messages.ts';
import { clearSide } from '../seed-differences.ts';

/** The results of one arm, one per seed or pair of seeds. */
export interface ArmResults<Result> {
  readonly id: string;
  readonly name: string;
  readonly results: readonly Result[];
}

/** A no-break space keeps a number and its unit together. */
export const NBSP = '\u00a0';

/** 0.5 → "50 %", with a no-break space. */
export const percent = (share: number, digits = 0): string => `${hundredths(share, digits)}${NBSP}%`;

/** A difference of shares in percentage points, without sign or unit: 0.091 → "9.1". */
export function points(share: number): string {
  return fixed(100 * Math.abs(share), 1);
}

/** "56.5 ± 0.3 %" over two or more values, "56.5 %" for one. */
export function spread(shares: readonly number[]): string {
  const centre = mean(shares);
  if (shares.length < 2) return percent(centre, 1);
  return `${fixed(100 * centre, 1)} ± ${fixed(100 * standardDeviation(shares), 1)}${NBSP}%`;
}

/** "54.2 / 48.0 %": one share per arm, in the order of their names, "–" for an unknown one. */
export const eachOf = (shares: readonly (number | null)[], digits = 1): string =>
  `${shares.map((share) => hundredths(share, digits)).join(' / ')}${NBSP}%`;

/** The share of its gain that an arm keeps, over its runs (or pairs) with a clear gain. */
export interface KeptGain {
  /** Null if no run has a clear gain. */
  readonly gain: number | null;
  readonly counted: number;
  readonly of: number;
}

/** @param gains one per run or pair; null if its gain was too small for a meaningful share */
export function keptGain(gains: readonly (number | null)[]): KeptGain {
  const known = gains.filter((gain) => gain !== null && Number.isFinite(gain)) as number[];
  return { gain: known.length > 0 ? mean(known) : null, counted: known.length, of: gains.length };
}

/**
 * "LoRA keeps 61 % of its gain, CopRA 89 % (3 of 4 seeds; the others gained too little to say) and Layer drop gained too little to say"
 * @param noun unit that the gains are counted in @param gains one per name
 */
export function gainsKept(names: readonly string[], gains: readonly KeptGain[], noun: string): string {
  const known = names.flatMap((name, i) => {
    const { gain, counted, of } = gains[i];
    const share = counted < of ? ` (${counted} of ${of} ${noun}s; the others gained too little to say)` : '';
    return gain === null ? [] : [{ name, text: percent(gain), share }];
  });
  const unknown = names.filter((_, i) => gains[i].gain === null);
  return listed([
    ...known.map(({ name, text, share }, i) =>
      i === 0 ? `${name} keeps ${text} of its gain${share}` : `${name} ${text}${share}`,
    ),
    ...(unknown.length > 0 ? [`${listed(unknown)} gained too little to say`] : []),
  ]);
}

/** "2 seeds each", or "1 to 3 seeds" when the arms differ. */
export function countedEach(counts: readonly number[], noun: string): string {
  const least = Math.min(...counts);
  const most = Math.max(...counts);
  if (least !== most) return `${least} to ${counted(most, noun)}`;
  return counted(most, noun) + (counts.length > 1 ? ' each' : '');
}

/** The number of test images and their sampling error: "800 test images, sampling error 1.8 points". */
export function sampling(accuracy: number, images: number): string {
  const error = binomialStandardError(accuracy, images);
  return `${counted(images, 'test image')}, sampling error ${points(error)} points`;
}

/** The mean of the known values; null if there are none. */
export function meanOfKnown(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value) => typeof value === 'number' && Number.isFinite(value)) as number[];
  return known.length > 0 ? mean(known) : null;
}

/** Arms that have a result, so that a reading can be given while others still run. */
export function withResults<Result>(arms: readonly ArmResults<Result>[]): ArmResults<Result>[] {
  return arms.filter((arm) => arm.results.length > 0);
}

/** "95 % interval 2.0 to 3.4 points over seeds and images", of a difference stated without its sign; empty if there is no interval. */
function intervalOf({ low, high, scope }: ScopedInterval, difference: number, digits: number): string {
  if (scope === null) return '';
  const [from, to] = difference < 0 ? [-high, -low] : [low, high];
  return `95${NBSP}% interval ${fixed(100 * from, digits)} to ${fixed(100 * to, digits)} points ${SCOPE_WORDS[scope]}`;
}

/** The difference of an arm from the first one, other − baseline; null if they share no seed. Arms are given by id. */
export type Differ = (baseline: string, other: string) => ScopedInterval | null;

/** The remark after the size of a difference: its interval and scope, that it is not clear if the interval contains 0, or that there are too few seeds. */
export function differenceRemark(interval: ScopedInterval | null, difference: number): string {
  const side = interval && clearSide(interval);
  const verdict = side === null ? ', from too few seeds to say' : side === 0 ? ', which is not clear' : '';
  return `${verdict}${intervalRemark(interval, difference)}`;
}

/** Only the interval, in brackets; empty if there is none. */
export function intervalRemark(interval: ScopedInterval | null, difference: number, digits = 1): string {
  const text = interval ? intervalOf(interval, difference, digits) : '';
  return text && ` (${text})`;
}

/**
 * Compares every other arm with the first, in words: "CopRA is 2.7 points behind LoRA (95 % interval 2.0 to 3.4 points over seeds and
 * images)".
 * @param measures one per arm, null where there is none
 */
export function verdicts(
  arms: readonly Pick<ArmResults<unknown>, 'id' | 'name'>[],
  measures: readonly (number | null)[],
  words: { readonly more: string; readonly less: string },
  differ: Differ,
): string[] {
  const [first, ...others] = arms;
  const base = measures[0];
  return others.flatMap(({ id, name }, i) => {
    const measure = measures[i + 1];
    if (base === null || measure === null) return [];
    const difference = measure - base;
    const remark = differenceRemark(differ(first.id, id), difference);
    if (points(difference) === '0.0') return [`${name} and ${first.name} do not differ here${remark}`];
    return [
      `${name} is ${points(difference)} points ${difference > 0 ? words.more : words.less} ${first.name}${remark}`,
    ];
  });
}

/** Joins the parts of a sentence; empty parts are left out. */
export function sentence(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('; ')}.`;
}

/** Caption before there are any results. */
export const NOTHING_YET = 'Nothing measured yet.';
