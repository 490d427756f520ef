/** What a matrix of confusions says: the most frequent one, and the least accurate class. */
import { listed } from '../../../core/listed.ts';
import { unbrokenPercent } from '../../../study/readings/numbers.ts';
import { sentence, UNREAD, type Reading } from '../../../study/readings/words.ts';
import { CONFUSION_WORDS } from './messages.ts';

export interface ConfusionSaid {
  readonly name: string;
  /** The two classes, the share of the first that is taken for the second, and its images; null: nothing is confused. */
  readonly most: { readonly of: string; readonly as: string; readonly share: number; readonly images: number } | null;
  /** The least accurate class with its interval. */
  readonly least: ClassSaid | null;
}

/** The accuracy of a class with its interval. */
interface ClassSaid {
  readonly of: string;
  readonly accuracy: number;
  readonly low: number;
  readonly high: number;
}

/** The easiest and the hardest class of an arm. */
export interface RangeSaid {
  readonly name: string;
  readonly easiest: ClassSaid;
  readonly hardest: ClassSaid;
  /** Whether its classes differ by more than the choice of their pictures explains. */
  readonly isUneven: boolean;
}

const at = ({ of, accuracy, low, high }: ClassSaid): string =>
  CONFUSION_WORDS.caption.at(of, unbrokenPercent(accuracy), unbrokenPercent(low), unbrokenPercent(high));

const confused = ({ name, most }: ConfusionSaid): string => {
  const words = CONFUSION_WORDS.caption;
  return most ? words.most(name, most.of, most.as, unbrokenPercent(most.share), most.images) : words.none(name);
};

/** The same behind the message, which has the words. */
const inShort = ({ name, most }: ConfusionSaid): string => {
  const words = CONFUSION_WORDS.caption;
  return most ? words.short(name, most.of, most.as, unbrokenPercent(most.share), most.images) : words.none(name);
};

export function confusionReading(arms: readonly ConfusionSaid[]): Reading {
  if (arms.length === 0) return UNREAD;
  const { least: worst, intervals } = CONFUSION_WORDS.caption;
  const said = arms.map((arm) => `${confused(arm)}${arm.least ? worst(at(arm.least)) : ''}`);
  return { numbers: sentence(arms.map(inShort)), reading: `${said.join('. ')}. ${intervals}` };
}

const ranged = ({ name, easiest, hardest }: RangeSaid): string => {
  const words = CONFUSION_WORDS.classes.caption;
  return easiest.accuracy === hardest.accuracy
    ? words.even(name, unbrokenPercent(easiest.accuracy))
    : words.range(name, at(easiest), at(hardest));
};

/** What the accuracies of the classes say: between which two they lie. @param seeds of an arm */
export function classesReading(arms: readonly RangeSaid[], seeds: number): Reading {
  if (arms.length === 0) return UNREAD;
  const ranges = arms.map((arm) => `${ranged(arm)}.`);
  return { numbers: ranges.join(' '), reading: [...ranges, CONFUSION_WORDS.classes.caption.means(seeds)].join(' ') };
}

/** Of which arms some classes are harder than others. Empty without arms. */
export function classesMessage(arms: readonly RangeSaid[]): string {
  if (arms.length === 0) return '';
  const uneven = arms.filter(({ isUneven }) => isUneven);
  const words = CONFUSION_WORDS.classes.message;
  const names = listed((uneven.length > 0 ? uneven : arms).map(({ name }) => name));
  return uneven.length > 0 ? words.harder(names) : words.alike(names);
}

/** The class that is most often taken for another: "LoRA most often takes food for objects." Empty where nothing is confused. */
export const confusionMessage = (name: string, most: { readonly of: string; readonly as: string } | null): string =>
  most ? CONFUSION_WORDS.message(name, most.of, most.as) : '';
