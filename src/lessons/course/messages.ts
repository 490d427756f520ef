/** Words that several lessons share. */
import { catalogue } from '../../core/language/catalogue.ts';
import { counted } from '../../core/counted.ts';
import { hundredths, percent } from '../../core/number-format.ts';

const points = (share: number): string => `${hundredths(share)} points`;

export const COURSE_WORDS = catalogue('course', {
  /** Shown when a lesson finds nothing to read. */
  nothingToRead: 'The result on the page does not hold these numbers.',
  runFirst: 'Run the step: your own numbers appear here when it is done.',
  /** 0.051 → "5.1 points" */
  points,
  /** A mean with its standard deviation over seeds: "58.6 % (standard deviation 0.6 points over 4 seeds)"; null: of one seed. */
  overSeeds: (mean: number, deviation: number | null, seeds: number): string =>
    deviation === null
      ? `${percent(mean)} (1 seed)`
      : `${percent(mean)} (standard deviation ${points(deviation)} over ${counted(seeds, 'seed')})`,
  /** Values of a setting: "learning rate 1e-3 to 3e-3". */
  range: (setting: string, first: string, last: string): string => `${setting} ${first} to ${last}`,
});
