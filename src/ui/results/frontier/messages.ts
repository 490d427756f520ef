/** The words of the figure that has every arm as a point. */
import { catalogue } from '../../../core/language/catalogue.ts';
import { counted } from '../../../core/counted.ts';
import { listed } from '../../../core/listed.ts';
import type { PointMeasure } from '../../../state/summary/arm-points.ts';

interface MeasureWords {
  readonly name: string;
  /** The name within a sentence. */
  readonly inSentence: string;
  /** Title of the vertical axis of a wide and of a narrow chart. */
  readonly axis: string;
  readonly narrow: string;
  /** Head of its column. */
  readonly head: string;
  readonly unit: string;
}

interface PointWords {
  readonly name: string;
  readonly accuracy: string;
  /** The difference to the first arm with its interval; empty for none. */
  readonly accuracyBeside: string;
  readonly measure: MeasureWords;
  readonly value: string;
  readonly valueBeside: string;
}

/** What is said of arms with more of a measure than the first. */
interface MeasureCaption {
  readonly best: (arm: string) => string;
  readonly tooFew: (first: string) => string;
  readonly none: (first: string) => string;
  /** @param arms how many, of all others @param names theirs */
  readonly ahead: (first: string, arms: number, of: number, names: string) => string;
}

/** How many arms are clearly less accurate than the first, and more accurate, and of how many nobody can tell. */
interface Price {
  readonly less: number;
  readonly more: number;
  readonly open: number;
}

interface FrontierMessages {
  /** @param first the name of the arm that the others are compared with: the first, and of a sweep the first method at its best */
  readonly help: (first: string) => readonly string[];
  readonly measure: string;
  readonly measures: Readonly<Record<PointMeasure['id'], MeasureWords>>;
  readonly empty: string;
  readonly arms: (shown: number, all: number) => string;
  /** The dashed lines through the first arm. */
  readonly levelOf: (first: string) => string;
  readonly unbeaten: string;
  readonly isUnbeaten: (arm: string) => string;
  /** The line of a method in a sweep. */
  readonly byValue: (method: string) => string;
  readonly point: (point: PointWords) => string;
  readonly difference: (mean: string, low: string, high: string) => string;
  readonly axis: string;
  readonly narrowAxis: string;
  readonly arm: string;
  readonly accuracy: string;
  /** Head of the column of differences to the first arm. */
  readonly less: (first: string) => string;
  readonly interval: string;
  readonly seeds: string;
  readonly pairs: string;
  readonly unbeatenHead: string;
  readonly yes: string;
  readonly caption: {
    readonly measures: Readonly<Record<PointMeasure['id'], MeasureCaption>>;
    readonly points: (points: string) => string;
    /** Of the arms that were named before. */
    readonly price: (price: Price) => string;
    readonly luck: (first: string) => string;
    readonly more: (names: string, count: number) => string;
    readonly at: (name: string, value: string, accuracy: string) => string;
    readonly mostAccurate: string;
    /** @param value of the measure, with its name */
    readonly accurate: (name: string, accuracy: string, value: string) => string;
    readonly unbeaten: (arms: number, names: string) => string;
    readonly clear: (first: string, scope: string, count: number, arms: number, names: string) => string;
    readonly over: (seeds: string, images: string) => string;
    /** The first arm has no such value, so that nothing is compared with it. */
    readonly noFirst: (first: string) => string;
  };
}

const beside = (difference: string): string => difference && `, ${difference} points`;

/** Of an arm with more of a measure than the first one. */
const captionOf = (best: string, one: string, several: string): MeasureCaption => ({
  best: (arm) => `${best}: ${arm}`,
  tooFew: (first) => `Too few seeds to say which arms ${several.replace('…', () => first)}.`,
  none: (first) => `No arm clearly ${one.replace('…', () => first)}.`,
  ahead: (first, arms, of, names) => {
    const what = (arms === 1 ? one : several).replace('…', () => first);
    return of === 1 ? `${names} clearly ${what}.` : `${arms} of ${of} arms clearly ${what}: ${names}.`;
  },
});

const arms = (count: number, what: string): readonly string[] =>
  count > 0 ? [`${count} ${count === 1 ? 'is' : 'are'} ${what}`] : [];

function price({ less, more, open }: Price): string {
  const all = less + more + open;
  const [who, they] = all === 1 ? ['It is', 'it is'] : ['All of them are', 'they are'];
  if (less === all) return `${who} less accurate with every layer on.`;
  if (more === all) return `${who} more accurate with every layer on, too.`;
  if (open === all) return `Whether ${they} less accurate with every layer on cannot be told.`;
  const told = [
    ...arms(less, 'less accurate'),
    ...arms(more, 'more accurate'),
    ...(open > 0 ? [`${open} may be either`] : []),
  ];
  return `With every layer on, ${listed(told)}.`;
}

export const FRONTIER_WORDS = catalogue<FrontierMessages>('frontier', {
  help: (first) => [
    'An arm is a point: to the right it is more accurate with every layer on. Upwards it keeps more of its gain with every other layer off, or two of its seeds are more accurate half-way between them; with the barrier it is better further down, where less is lost on the way between two seeds (factor path). The numbers at the points are those of the arms in the tables.',
    `Dashed lines are the values of ${first}, with which all others are compared. The dotted line joins the arms that no other beats in both. A thin line through a point is the 95 % interval of its difference to ${first}, drawn where it leaves ${first} out. The data table has all intervals and says what each is over. None is corrected for the number of arms: of forty arms that do not differ from ${first}, about one looks clearly better by luck. Axes begin where the points do, not at 0.`,
  ],
  measure: 'Every arm as a point: measure',
  measures: {
    gain: {
      name: 'Gain kept',
      inSentence: 'gain kept',
      axis: 'gain kept with every other layer off, % (better ↑)',
      narrow: 'half the layers: gain kept, % (better ↑)',
      head: 'Gain kept, %',
      unit: '%',
    },
    barrier: {
      name: 'Barrier',
      inSentence: 'barrier',
      axis: 'barrier between two seeds, points (better ↓)',
      narrow: 'barrier, points (better ↓)',
      head: 'Barrier, points',
      unit: 'points',
    },
    midpoint: {
      name: 'Midpoint',
      inSentence: 'midpoint',
      axis: 'accuracy half-way between two seeds, % (better ↑)',
      narrow: 'midpoint of two seeds, % (better ↑)',
      head: 'Midpoint, %',
      unit: '%',
    },
  },
  empty: 'Every arm becomes a point here when its seeds are tested and pruned, or the paths between them are measured.',
  arms: (shown, all) => (shown < all ? `${shown} of ${counted(all, 'arm')}` : counted(all, 'arm')),
  levelOf: (first) => `level of ${first}`,
  unbeaten: 'no other beats it in both',
  isUnbeaten: (arm) => `no other beats ${arm} in both`,
  byValue: (method) => `${method}, by value`,
  point: ({ name, accuracy, accuracyBeside, measure, value, valueBeside }) =>
    `${name}: accuracy ${accuracy} %${beside(accuracyBeside)}; ${measure.inSentence} ${value} ${measure.unit}${beside(valueBeside)}`,
  difference: (mean, low, high) => `${mean} (${low} to ${high})`,
  axis: 'test accuracy with every layer on, % (better →)',
  narrowAxis: 'test accuracy, % (better →)',
  arm: 'Arm',
  accuracy: 'Accuracy, %',
  less: (first) => `− ${first}`,
  interval: 'interval',
  seeds: 'Seeds',
  pairs: 'Pairs',
  unbeatenHead: 'No other beats it in both',
  yes: 'yes',
  caption: {
    measures: {
      gain: captionOf(
        'Highest gain kept',
        'keeps more of its gain than … with every other layer off',
        'keep more of their gain than … with every other layer off',
      ),
      barrier: captionOf('Lowest barrier', 'loses less than … between two seeds', 'lose less than … between two seeds'),
      midpoint: captionOf(
        'Highest accuracy at the midpoint',
        'does better than … half-way between two seeds',
        'do better than … half-way between two seeds',
      ),
    },
    points: (points) => `${points}\u00a0points`,
    price,
    luck: (first) => `of arms that do not differ from ${first}, about one in forty looks clearly better by luck`,
    more: (names, count) => `${names} and ${count} more`,
    at: (name, value, accuracy) => `${name}, ${value} at an accuracy of ${accuracy}`,
    mostAccurate: 'it is the most accurate arm, too',
    accurate: (name, accuracy, value) => `highest accuracy: ${name}, ${accuracy} (${value})`,
    unbeaten: (arms, names) => `none of ${counted(arms, 'arm')} beats ${names} in both`,
    clear: (first, scope, count, arms, names) =>
      `the 95\u00a0% interval of the difference to ${first}, ${scope}, lies on the better side of 0 for ${count} of ${counted(arms, 'arm')} (${names})`,
    over: (seeds, images) => `${seeds}, ${images}`,
    noFirst: (first) => `Nothing is compared with ${first}, which has no such value.`,
  },
});
