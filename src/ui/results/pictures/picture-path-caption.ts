/** How sure two adapters, and what lies between them, are of the class of one picture, in words. */
import { shareSpread } from '../../../study/readings/numbers.ts';
import { countedEach, sentence } from '../../../study/readings/words.ts';
import { PICTURE_WORDS } from './messages.ts';

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
  const words = PICTURE_WORDS.path.caption;
  return sentence([
    ...known.map(({ name, ends, halfway }) => words.arm(name, shareSpread(ends), shareSpread(halfway))),
    Math.max(...counts) > 1 ? words.pairs(countedEach(counts, 'pair')) : words.onePair,
  ]);
}
