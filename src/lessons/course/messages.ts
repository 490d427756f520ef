/** Words that several lessons share. */
import { catalogue } from '../../core/language/catalogue.ts';
import { counted } from '../../core/counted.ts';
import type { ScopedInterval } from '../../core/crossed-interval.ts';
import { hundredths, integer, percent, signedPoints, signedPointsEnd } from '../../core/number-format.ts';
import { scopeText } from '../../study/readings/words.ts';
import type { TestedBackbone } from '../facts.ts';

const points = (share: number): string => `${hundredths(share)} points`;

export const COURSE_WORDS = catalogue('course', {
  /** Shown when a lesson finds nothing to read. */
  nothingToRead: 'The result on the page does not hold these numbers.',
  runFirst: (isUnderWay: boolean): string =>
    `${isUnderWay ? 'The step is under way' : 'Run the step'}: your own numbers appear here when it is done.`,
  /** 0.051 → "5.1 points" */
  points,
  /** A difference: −0.019 → "−1.9 points". */
  signed: (value: number): string => `${signedPoints(value)} points`,
  /** "95 % interval −3.7 points to −0.05 points over seeds and images". An end is not written as 0 unless it is. */
  interval: (difference: ScopedInterval): string =>
    `95 % interval ${signedPointsEnd(difference.low)} points to ${signedPointsEnd(difference.high)} points ${scopeText(difference)}`,
  /** A mean with its standard deviation over seeds: "58.6 % (standard deviation 0.6 points over 4 seeds)"; null: of one seed. */
  overSeeds: (mean: number, deviation: number | null, seeds: number): string =>
    deviation === null
      ? `${percent(mean)} (1 seed)`
      : `${percent(mean)} (standard deviation ${points(deviation)} over ${counted(seeds, 'seed')})`,
  /** Accuracy of the backbone on the pictures of a run of a lesson, and on those of the saved result. */
  backbones: (own: TestedBackbone, saved: TestedBackbone): string =>
    `Without any training, the backbone gets **${percent(own.accuracy)}** of your run’s ${counted(own.pictures, 'test picture')} right, and **${percent(saved.accuracy)}** of the ${integer(saved.pictures)} of the saved result. Compare the accuracies with that before you compare them with each other.`,
  /** Values of a setting: "learning rate 1e-3 to 3e-3". */
  range: (setting: string, first: string, last: string): string => `${setting} ${first} to ${last}`,
});
