/** The sentences of captions, by reading. Texts passed in are numbers with their units, names, or lists of both. */
import { counted } from '../../../core/counted.ts';
import { catalogue } from '../../../core/language/catalogue.ts';

const NBSP = '\u00a0';

/** An arm's name with its value, behind a verb that only the first one has: "LoRA loses 3 %", "CopRA 2 %". */
const told =
  (verb: string) =>
  (name: string, value: string, isFirst: boolean): string =>
    `${name} ${isFirst ? `${verb} ` : ''}${value}`;

/** Of an arm with more of a measure than the first one. */
const frontier = (best: string, one: string, several: string) => ({
  best: (arm: string): string => `${best}: ${arm}`,
  tooFew: (first: string): string => `Too few seeds to say which arms ${several.replace('…', () => first)}.`,
  none: (first: string): string => `No arm clearly ${one.replace('…', () => first)}.`,
  priced: (first: string): string =>
    `Every arm that clearly ${one.replace('…', () => first)} is less accurate with every layer on.`,
  free: (first: string): string =>
    `Some arms clearly ${several.replace('…', () => first)}, and are not clearly less accurate.`,
});

export const CAPTION_WORDS = catalogue('captions', {
  comparison: {
    highest: (name: string, arms: number, accuracy: string): string =>
      `With every layer on, “${name}” is highest of ${counted(arms, 'arm')}, at ${accuracy}`,
    change: (name: string, points: string, isGain: boolean): string =>
      `“${name}” ${isGain ? 'gains' : 'loses'} ${points} points`,
    ends: (least: string, most: string): string =>
      `half-way between two seeds ${least} and ${most}, the ends of the range`,
    luck: (over: string): string => `${over}, and the highest of many is partly luck`,
  },
  confusion: {
    most: (name: string, of: string, as: string, share: string, images: number): string =>
      `${name} most often takes ${of} for ${as} (${share} of its ${counted(images, 'picture')})`,
    none: (name: string): string => `${name} takes no class for another`,
    least: (at: string): string => ` and is least accurate on ${at}`,
    /** The easiest and the hardest class, each with its accuracy and interval. */
    range: (name: string, easiest: string, hardest: string): string =>
      `${name} is most accurate on ${easiest}, and least on ${hardest}`,
    at: (of: string, accuracy: string, low: string, high: string): string =>
      `${of}, ${accuracy} (${low} to${NBSP}${high})`,
    even: (name: string, accuracy: string): string => `${name} reaches ${accuracy} on every class`,
    means: 'Means over the seeds, with 95 % intervals over the choice of the class’s test pictures.',
    intervals: 'In brackets: 95 % intervals over the choice of the class’s test pictures.',
  },
  frontier: {
    gain: frontier(
      'Highest gain kept',
      'keeps more of its gain than … with every other layer off',
      'keep more of their gain than … with every other layer off',
    ),
    barrier: frontier('Lowest barrier', 'loses less than … between two seeds', 'lose less than … between two seeds'),
    midpoint: frontier(
      'Highest accuracy at the midpoint',
      'does better than … half-way between two seeds',
      'do better than … half-way between two seeds',
    ),
    points: (points: string): string => `${points}${NBSP}points`,
    more: (names: string, count: number): string => `${names} and ${count} more`,
    at: (name: string, value: string, accuracy: string): string => `${name}, ${value} at an accuracy of ${accuracy}`,
    mostAccurate: 'it is the most accurate arm, too',
    accurate: (arm: string): string => `highest accuracy: ${arm}`,
    unbeaten: (arms: number, names: string): string => `none of ${counted(arms, 'arm')} beats ${names} in both`,
    clear: (first: string, scope: string, count: number, arms: number, names: string): string =>
      `the 95${NBSP}% interval of the difference to ${first}, ${scope}, lies on the better side of 0 for ${count} of ${counted(arms, 'arm')} (${names})`,
    over: (seeds: string, images: string): string => `means over ${seeds}, ${images}`,
  },
  inside: {
    patch: (row: number, column: number): string => `row ${row}, column ${column}`,
    look: (
      name: string,
      { held, count, of, most, times }: { held: string; count: number; of: number; most: string; times: string },
    ): string => `${name}: ${held} on ${count} of ${of} patches, most on ${most} (${times} times an even share)`,
    moved: (first: string, arms: string): string =>
      `share of the attention on other patches than that of ${first}: ${arms}`,
    onePicture: 'one picture, one run of each arm: it says nothing of others',
  },
  map: {
    half: (setting: string, first: string, last: string): string =>
      `${setting} ${first === last ? first : `${first} to ${last}`}`,
    where: (
      high: { better: number; of: number; words: string },
      low: { better: number; of: number; words: string },
    ): string =>
      `it is better in ${high.better} of ${counted(high.of, 'cell')} with ${high.words}, and in ${low.better} of ${low.of} with ${low.words}`,
    tooFew: (measure: string, other: string, first: string): string =>
      `${measure}: too few seeds to say where ${other} and ${first} differ.`,
    counts: (
      measure: string,
      other: string,
      first: string,
      { better, worse, unclear, of }: Readonly<Record<'better' | 'worse' | 'unclear' | 'of', number>>,
    ): string =>
      `${measure}: ${other} is better than ${first} in ${better} of ${counted(of, 'cell')}, worse in ${worse}, and in ${unclear} the interval contains 0`,
    /** @param cells that are done, and are none of those that are counted */
    untold: (cells: number): string =>
      `${counted(cells, 'further cell')} ${cells === 1 ? 'has' : 'have'} too few seeds to say`,
    chance: 'without any difference about one interval in twenty would exclude 0',
  },
  picturePath: {
    arm: (name: string, ends: string, halfway: string): string => `${name}: ${ends} at the ends, ${halfway} half-way`,
    pairs: (pairs: string): string =>
      `probability of the true class, mean ± one standard deviation over pairs of seeds (${pairs}): one picture says nothing of others`,
    onePair: 'probability of the true class, from one pair of seeds: one picture says nothing of others',
  },
  pictures: {
    kept: (kept: number, tested: number): string =>
      `${kept} of ${tested} test pictures are kept, some of every kind, so their numbers are no shares of all. Of these, `,
    tested: (tested: number): string => `Of ${tested} test pictures, `,
    alone: (name: string, count: number, isFirst: boolean): string =>
      `${name} alone gets ${count}${isFirst ? ' wrong' : ''}`,
    everyone: (arms: number, count: number): string => `${arms > 2 ? 'all get' : 'both get'} ${count}`,
    wrong: (name: string, count: number): string => `${name} gets ${count} wrong`,
    untested: 'No arm has been tested yet.',
    majority: (seeds: number): string =>
      ` (most of ${counted(seeds, 'seed')} decide${seeds % 2 === 0 ? `; ${seeds / 2} right and ${seeds / 2} wrong is neither` : ''})`,
    loses: told('loses'),
    between: (arms: string): string => `half-way between at least one pair of seeds ${arms}`,
    without: (arms: string): string => `with every other layer off ${arms}`,
    lost: (lost: string): string => ` Of those they get right, ${lost}.`,
  },
  sweep: {
    measures: {
      accuracy: 'with every layer on',
      merged: 'merged 1:1',
      everyOther: 'with every other layer off',
    },
    /** Of means, without intervals. */
    higher: (name: string, first: string, count: number, values: number): string =>
      `${name} has a higher mean than ${first} at ${count} of ${counted(values, 'value')}`,
    /** @param seeds "2 seeds each" */
    start: (setting: string, first: string, last: string, seeds: string, measure: string): string =>
      `${setting} ${first} to ${last}, ${seeds}: ${measure}`,
  },
});
