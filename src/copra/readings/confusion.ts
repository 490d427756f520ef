/** What a matrix of confusions says: the most frequent one, and the least accurate class. */
import { NBSP, percent } from './words.ts';

export interface ConfusionSaid {
  readonly name: string;
  /** The two classes, the share of the first that is taken for the second, and its images; null: nothing is confused. */
  readonly most: { readonly of: string; readonly as: string; readonly share: number; readonly images: number } | null;
  /** The least accurate class with its interval. */
  readonly least: {
    readonly of: string;
    readonly accuracy: number;
    readonly low: number;
    readonly high: number;
  } | null;
}

const said = ({ name, most, least }: ConfusionSaid): string => {
  const confused = most
    ? `${name} most often takes ${most.of} for ${most.as} (${percent(most.share)} of its ${most.images} pictures)`
    : `${name} takes no class for another`;
  const worst = least
    ? ` and is least accurate on ${least.of}, ${percent(least.accuracy)} (${percent(least.low)} to${NBSP}${percent(least.high)})`
    : '';
  return `${confused}${worst}`;
};

export function confusionReading(arms: readonly ConfusionSaid[]): string {
  if (arms.length === 0) return '';
  return `${arms.map(said).join('. ')}. In brackets: 95 % intervals over the choice of the class’s test pictures.`;
}
