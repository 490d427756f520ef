/** What a matrix of confusions says: the most frequent one, and the least accurate class. */
import { percent } from '../../../study/readings/words.ts';
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
}

const at = ({ of, accuracy, low, high }: ClassSaid): string =>
  CONFUSION_WORDS.caption.at(of, percent(accuracy), percent(low), percent(high));

const said = ({ name, most, least }: ConfusionSaid): string => {
  const words = CONFUSION_WORDS.caption;
  const confused = most ? words.most(name, most.of, most.as, percent(most.share), most.images) : words.none(name);
  const worst = least ? words.least(at(least)) : '';
  return `${confused}${worst}`;
};

export function confusionReading(arms: readonly ConfusionSaid[]): string {
  if (arms.length === 0) return '';
  return `${arms.map(said).join('. ')}. ${CONFUSION_WORDS.caption.intervals}`;
}

const ranged = ({ name, easiest, hardest }: RangeSaid): string => {
  const words = CONFUSION_WORDS.classes.caption;
  return easiest.accuracy === hardest.accuracy
    ? words.even(name, percent(easiest.accuracy))
    : words.range(name, at(easiest), at(hardest));
};

/** What the accuracies of the classes say: between which two they lie. */
export const classesReading = (arms: readonly RangeSaid[]): string =>
  [...arms.map((arm) => `${ranged(arm)}.`), CONFUSION_WORDS.classes.caption.means].join(' ');

/** The class that is most often taken for another: "LoRA most often takes food for objects." Empty where nothing is confused. */
export const confusionMessage = (name: string, most: { readonly of: string; readonly as: string } | null): string =>
  most ? CONFUSION_WORDS.message(name, most.of, most.as) : '';
