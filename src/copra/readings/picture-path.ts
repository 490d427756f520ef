/** How sure two adapters, and what lies between them, are of the class of one picture, in words. */
import { countedEach, sentence, spread } from './words.ts';

export interface PathOfArm {
  readonly name: string;
  /** [pairs]: probabilities of the true class at both ends, averaged, and half-way. */
  readonly ends: readonly number[];
  readonly halfway: readonly number[];
}

/** Empty without any pairs. */
export function picturePathReading(arms: readonly PathOfArm[]): string {
  const known = arms.filter(({ ends }) => ends.length > 0);
  if (known.length === 0) return '';
  const counts = known.map(({ ends }) => ends.length);
  const over =
    Math.max(...counts) > 1
      ? `mean ± one standard deviation over pairs of seeds (${countedEach(counts, 'pair')})`
      : 'from one pair of seeds';
  return sentence([
    ...known.map(({ name, ends, halfway }) => `${name}: ${spread(ends)} at the ends, ${spread(halfway)} half-way`),
    `probability of the true class, ${over}: one picture says nothing of others`,
  ]);
}
