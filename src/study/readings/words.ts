/**
 * Wording and number formats shared by the readings. A reading states results in one plain sentence, for captions. The first arm is the
 * baseline for the others. Worse results are stated as plainly as better ones, and every sentence names the seeds, the images and their
 * sampling error.
 */
import { listed } from '../../core/listed.ts';
import { fixed, isBeyondShares, hundredths, intervalEnds, pointsEnds } from '../../core/number-format.ts';
import type { Drawn, Sample } from '../../core/clusters.ts';
import { mean, shareError } from '../../core/statistics.ts';
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { clearSide } from '../../copra/seed-differences.ts';
import { READING_WORDS, type Unit } from './messages.ts';
import { isShownAsZero, NBSP, unbrokenPercent, points, quoted } from './numbers.ts';

/** The results of one arm, one per seed or pair of seeds. */
export interface ArmResults<Result> {
  readonly id: string;
  readonly name: string;
  readonly results: readonly Result[];
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
 * @param unit that the gains are counted in @param gains one per name
 */
export function gainsKept(names: readonly string[], gains: readonly KeptGain[], unit: Unit): string {
  const known = names.flatMap((name, i) => {
    const { gain, counted, of } = gains[i];
    return gain === null
      ? []
      : [{ name, share: unbrokenPercent(gain), partly: counted < of ? { counted, of, unit } : null }];
  });
  const unknown = names.filter((_, i) => gains[i].gain === null);
  return listed([
    ...known.map(({ name, share, partly }, i) => READING_WORDS.keeps(name, share, i === 0, partly)),
    ...(unknown.length > 0 ? [READING_WORDS.gainedTooLittle(listed(unknown))] : []),
  ]);
}

/** "2 seeds each", or "1 to 3 seeds" when the arms differ. */
export const countedEach = (counts: readonly number[], unit: Unit): string =>
  READING_WORDS.each(Math.min(...counts), Math.max(...counts), unit, counts.length > 1);

/** "± standard deviation over 2 seeds each"; of one seed there is none. */
export const spreadOver = (counts: readonly number[]): string => {
  const seeds = countedEach(counts, 'seed');
  return Math.max(...counts) > 1 ? READING_WORDS.deviation(seeds) : seeds;
};

/** "796 test images of 201 motifs"; "796 test images" where each shows its own, as far as anybody knows. */
export const testImages = ({ images, motifs }: Drawn): string =>
  motifs !== null && motifs < images ? READING_WORDS.ofMotifs(images, motifs) : READING_WORDS.testImages(images);

/** The test images and a sampling error: "796 test images of 201 motifs, sampling error 2.8 points". */
export const samplingText = (images: Drawn, error: number): string =>
  READING_WORDS.sampling(testImages(images), points(error));

/** The same of one accuracy. */
export const sampling = (accuracy: number, images: Sample): string =>
  samplingText(images, shareError(accuracy, images.effective));

/** Arms that have a result, so that a reading can be given while others still run. */
export function withResults<Result>(arms: readonly ArmResults<Result>[]): ArmResults<Result>[] {
  return arms.filter((arm) => arm.results.length > 0);
}

/** What an interval is over, in words; empty if there is none. */
export function scopeText({ scope, images }: ScopedInterval): string {
  if (scope === null) return '';
  return READING_WORDS.scopes[scope === 'seeds' && images === null ? 'seeds alone' : scope];
}

/** "95 % interval 2.0 to 3.4 points over seeds and images", of a difference stated without its sign; empty if there is no interval. */
function intervalOf(interval: ScopedInterval, difference: number, digits: number): string {
  const { low, high, scope } = interval;
  if (scope === null) return '';
  if (isBeyondShares(interval)) return READING_WORDS.beyondShares(scopeText(interval));
  const [from, to] = difference < 0 ? [-high, -low] : [low, high];
  return READING_WORDS.interval(...pointsEnds(from, to, digits), scopeText(interval));
}

/** "−0.4 to 0.1", or an empty text where there is no interval. */
const intervalText = ({ low, high, scope }: ScopedInterval, digits = 2): string =>
  scope === null ? '' : READING_WORDS.range(...intervalEnds(low, high, digits));

/**
 * "CopRA − LoRA 0.1 to 0.3", of every arm but the first against it, where there is an interval. Where means of more seeds stand beside it than its own, the
 * words say so.
 * @param values one list per arm, of which the means are @param differences of every arm but the first
 */
export function differenceTexts(
  arms: readonly string[],
  values: readonly (readonly number[])[],
  differences: readonly (ScopedInterval | null)[],
  digits = 2,
): string[] {
  return differences.flatMap((difference, i) => {
    if (!difference || difference.scope === null) return [];
    const isPartly = [values[0], values[i + 1]].some(({ length }) => length > difference.seeds);
    const shared = isPartly ? READING_WORDS.shared(difference.seeds) : '';
    return [`${arms[i + 1]} − ${arms[0]} ${intervalText(difference, digits)}${shared}`];
  });
}

/** " (95 % interval of the difference over seeds: CopRA − LoRA 0.1 to 0.3)"; empty if no arm has one. */
export function differencesRemark(
  arms: readonly string[],
  values: readonly (readonly number[])[],
  differences: readonly (ScopedInterval | null)[],
  digits = 2,
): string {
  const apart = differenceTexts(arms, values, differences, digits);
  const known = differences.find((difference) => difference && difference.scope !== null);
  return known ? READING_WORDS.differences(apart.join(', '), scopeText(known)) : '';
}

/** The difference of an arm from the first one, other − baseline; null if they share no seed. Arms are given by id. */
export type Differ = (baseline: string, other: string) => ScopedInterval | null;

/**
 * The difference of two arms that is stated, other − baseline: that of the seeds which both have, since its interval is of these. Where this is not the
 * difference of the means, as one arm has a seed that the other lost, the words say so.
 * @param interval null if the arms share no seed @param ofMeans the difference of the means of all seeds
 */
export function statedDifference(
  interval: ScopedInterval | null,
  ofMeans: number,
  digits = 1,
): { readonly difference: number; readonly shared: string } {
  if (!interval) return { difference: ofMeans, shared: '' };
  const isSame = fixed(100 * interval.mean, digits) === fixed(100 * ofMeans, digits);
  return { difference: interval.mean, shared: isSame ? '' : READING_WORDS.shared(interval.seeds) };
}

/** The remark after the size of a difference: its interval and scope, that it is not clear if the interval contains 0, or that there are too few seeds. */
export function differenceRemark(interval: ScopedInterval | null, difference: number): string {
  const side = interval && clearSide(interval);
  const unknown = interval?.isConstant ? READING_WORDS.constant : READING_WORDS.tooFew;
  const verdict = side === null ? unknown : side === 0 ? READING_WORDS.unclear : '';
  return `${verdict}${intervalRemark(interval, difference)}`;
}

/** The same, where a difference that is shown as 0 is said to be none. */
export function sizeRemark(interval: ScopedInterval | null, difference: number): string {
  // That nothing is clear would contradict that nothing differs: the interval says how far.
  const isNone = isShownAsZero(difference) && interval !== null && clearSide(interval) === 0;
  return isNone ? intervalRemark(interval, difference) : differenceRemark(interval, difference);
}

/** Only the interval, in brackets; empty if there is none. */
export function intervalRemark(interval: ScopedInterval | null, difference: number, digits = 1): string {
  const text = interval ? intervalOf(interval, difference, digits) : '';
  return text && ` (${text})`;
}

/** The same for a sentence that states no difference: the interval is of other − first, which it says. Empty if there is none. */
export function namedIntervalRemark(interval: ScopedInterval | null, first: string, other: string, digits = 1): string {
  const text = interval ? intervalOf(interval, 1, digits) : '';
  return text && ` (${quoted(other)} − ${quoted(first)}: ${text})`;
}

/**
 * Compares every other arm with the first, in words: "CopRA is 2.7 points behind LoRA (95 % interval 2.0 to 3.4 points over seeds and
 * images)".
 * @param measures one per arm, null where there is none
 * @param words in which they are compared
 */
export function verdicts(
  arms: readonly Pick<ArmResults<unknown>, 'id' | 'name'>[],
  measures: readonly (number | null)[],
  words: keyof typeof READING_WORDS.apart,
  differ: Differ,
): string[] {
  const [first, ...others] = arms;
  const base = measures[0];
  return others.flatMap(({ id, name }, i) => {
    const measure = measures[i + 1];
    if (base === null || measure === null) return [];
    const interval = differ(first.id, id);
    const { difference, shared } = statedDifference(interval, measure - base);
    const said = isShownAsZero(difference)
      ? READING_WORDS.same(name, first.name)
      : READING_WORDS.apart[words](name, points(difference), difference > 0, first.name);
    return [`${said}${shared}${sizeRemark(interval, difference)}`];
  });
}

/** Joins the parts of a sentence; empty parts are left out. */
export function sentence(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('; ')}.`;
}

/** What a figure says. */
export interface Reading {
  /** The numbers that its message rests on: how sure, over what. */
  readonly numbers: string;
  /** All of it, for documents, and folded on the page. */
  readonly reading: string;
}

export const UNREAD: Reading = { numbers: '', reading: '' };

/** A sentence of which the page shows the beginning. */
export const readingOf = (numbers: readonly string[], more: readonly string[]): Reading => ({
  numbers: sentence(numbers),
  reading: sentence([...numbers, ...more]),
});

/** Nothing is measured yet. */
export const nothingYet = (): Reading => ({ numbers: '', reading: READING_WORDS.nothingYet });

/** The same with a further sentence, if there is one. */
export const withSentence = ({ numbers, reading }: Reading, further: string): Reading => ({
  numbers,
  reading: [reading, further].filter(Boolean).join(' '),
});

/** Which DoRA arms an analysis of updates excludes, and why; empty if there are none. @param what "… are left out of (what)" */
export const leftOutReading = (dora: readonly string[], what: string): string =>
  dora.length === 0 ? '' : READING_WORDS.leftOut(listed(dora), dora.length, what);
