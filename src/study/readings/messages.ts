/** The words that sentences about results share. */
import { counted } from '../../core/counted.ts';
import { catalogue } from '../../core/language/catalogue.ts';
import type { IntervalScope } from '../../core/crossed-interval.ts';

/** What is counted: runs by their seeds, and pairs of them. */
export type Unit = 'seed' | 'pair' | 'seed pair';

/** Sentences about a difference of two arms in a measure, without numbers. Each says which arms and which measure: others may differ. */
export interface ComparisonWords {
  /** What the arms are compared in, within a sentence. */
  readonly measure: string;
  /** @param better the arm that does better */
  readonly clear: (better: string, other: string) => string;
  readonly unclear: (first: string, second: string) => string;
  readonly tooFew: (first: string, second: string) => string;
  /** The same numbers in every seed. */
  readonly equal: (first: string, second: string) => string;
}

/**
 * @param where under which condition: "With half of its layers off" @param better what the better arm does: "keeps more of what it learned"
 * @param measure "the gain kept with half of the layers off"
 */
export const comparison = (where: string, better: string, measure: string): ComparisonWords => ({
  measure,
  clear: (arm, other) => `${where}, ${arm} ${better} than ${other}.`,
  unclear: (first, second) => `${first} and ${second} do not clearly differ in ${measure}.`,
  tooFew: (first, second) => `Too few seeds to tell ${first} and ${second} apart in ${measure}.`,
  equal: (first, second) => `${first} and ${second} are equal in ${measure} in every seed.`,
});

/** "CopRA is 2.7 points behind LoRA" */
const apart =
  (more: string, less: string) =>
  (name: string, points: string, isMore: boolean, first: string): string =>
    `${name} is ${points} points ${isMore ? more : less} ${first}`;

export const READING_WORDS = catalogue('readings', {
  /** Caption before there are any results. */
  nothingYet: 'Nothing measured yet.',
  unknown: 'unknown',
  /** Around names that would run into the words beside them. */
  quoted: (name: string): string => `“${name}”`,
  range: (low: string, high: string): string => `${low} to ${high}`,
  seeds: (count: number): string => counted(count, 'seed'),
  testImages: (count: number): string => counted(count, 'test image'),
  /** "2 seeds each", or "1 to 3 seeds" when the arms differ. @param several whether there are several arms */
  each: (least: number, most: number, unit: Unit, several: boolean): string =>
    least === most ? `${counted(most, unit)}${several ? ' each' : ''}` : `${least} to ${counted(most, unit)}`,
  deviation: (seeds: string): string => `± standard deviation over ${seeds}`,
  ofMotifs: (images: number, motifs: number): string =>
    `${counted(images, 'test image')} of ${counted(motifs, 'motif')}`,
  sampling: (images: string, points: string): string => `${images}, sampling error ${points} points`,
  /** "LoRA keeps 61 % of its gain", "CopRA 89 % (3 of 4 seeds; the others gained too little to say)". @param partly where some gained too little */
  keeps: (
    name: string,
    share: string,
    isFirst: boolean,
    partly: { readonly counted: number; readonly of: number; readonly unit: Unit } | null,
  ): string => {
    const some = partly
      ? ` (${partly.counted} of ${partly.of} ${partly.unit}s; the others gained too little to say)`
      : '';
    return `${name} ${isFirst ? `keeps ${share} of its gain` : share}${some}`;
  },
  gainedTooLittle: (names: string): string => `${names} gained too little to say`,
  /** Behind a difference: its interval, in points. */
  interval: (low: string, high: string, scope: string): string =>
    `95\u00a0% interval ${low} to ${high} points ${scope}`,
  /** In the place of an interval that holds 0 and ends beyond −100 or 100 points. */
  beyondShares: (scope: string): string => `the 95\u00a0% interval ${scope} ends beyond 100 points: too few seeds`,
  points: (points: string): string => `${points}\u00a0points`,
  /** The numbers behind a message, on a line. */
  numbers: {
    /** @param apart "CopRA − LoRA" */
    pair: (first: string, second: string, apart: string, difference: string, interval: string): string =>
      `${first}, ${second}; ${apart} ${difference} (${interval}).`,
    unshared: (first: string, second: string): string => `${first}, ${second}; no seed in common.`,
    interval: (low: string, high: string, over: string): string => `95\u00a0% interval ${low} to ${high} ${over}`,
    beyondShares: (over: string): string => `the 95\u00a0% interval ${over} ends beyond 100 points`,
    /** What an interval allows for, with how many there are of it. */
    over: {
      'seeds and images': (seeds, images) => `over ${seeds} and ${images}`,
      seeds: (seeds, images) => `over ${seeds}, on these ${images} alone`,
      images: (seeds, images) => `over ${images}, for ${seeds} alone`,
      'seeds alone': (seeds) => `over ${seeds}`,
      none: (seeds, images) => `${seeds}${images && `, ${images}`}: too few for an interval`,
      constant: (seeds, images) => `${seeds}${images && `, ${images}`}: the same in every seed`,
    } satisfies Readonly<
      Record<IntervalScope | 'seeds alone' | 'none' | 'constant', (seeds: string, images: string) => string>
    >,
  },
  /** Behind means of arms. @param scope what the intervals of their differences are over */
  differences: (differences: string, scope: string): string =>
    ` (95\u00a0% interval of the difference ${scope}: ${differences})`,
  /** Behind a difference that is not the one of the means beside it: one of the arms has more seeds. */
  shared: (seeds: number): string => `, over the ${counted(seeds, 'seed')} that both have`,
  tooFew: ', but the seeds are too few to tell',
  constant: ', the same in every seed',
  unclear: ', but the difference is not clear',
  same: (name: string, first: string): string => `${name} and ${first} do not differ here`,
  apart: {
    ahead: apart('ahead of', 'behind'),
    higher: apart('higher than', 'lower than'),
    above: apart('above', 'below'),
  },
  /** @param what in which figure or analysis */
  leftOut: (arms: string, count: number, what: string): string =>
    `${arms} ${count > 1 ? 'are' : 'is'} left out of ${what}: the updates of DoRA adapters are not of low rank.`,
  /** The scope of an interval, shown after it. Figures that depend on no images vary over seeds alone. */
  scopes: {
    'seeds and images': 'over seeds and images',
    seeds: 'over seeds, on these images alone',
    images: 'over images, for these seeds alone',
    'seeds alone': 'over seeds',
  } satisfies Readonly<Record<IntervalScope | 'seeds alone', string>>,
});
