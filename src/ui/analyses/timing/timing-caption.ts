/** The sentences of the figure of times. Empty while there is nothing to read. */
import { seedDifference } from '../../../copra/seed-differences.ts';
import type { SeedValue, ScopedInterval } from '../../../core/crossed-interval.ts';
import { stepSeconds } from '../../../study/result/measures/timing.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { deviceName } from '../../device-name.ts';
import { toldOfPair, type Told } from '../../results/told-of.ts';
import { aboutNamedArms, withNamedArms } from '../../results/read-arms.ts';
import { asValues, valueSpread } from '../../../study/readings/numbers.ts';
import { differenceTexts, spreadOver, sentence } from '../../../study/readings/words.ts';
import { READING_WORDS } from '../../../study/readings/messages.ts';
import { TIMING_WORDS } from './messages.ts';

export interface TimedArm {
  readonly name: string;
  /** Milliseconds of a step, one per seed. */
  readonly milliseconds: readonly number[];
  /** This arm − the first one, in milliseconds; null for the first, and where they share no seed. */
  readonly difference: ScopedInterval | null;
}

/** @param steps timed of every run @param device that computed them */
export function timingReading(arms: readonly TimedArm[], steps: number, device: string): string {
  const known = arms.filter(({ milliseconds }) => milliseconds.length > 0);
  if (known.length === 0) return READING_WORDS.nothingYet;
  const means = known.map(({ name, milliseconds }) => `${name} ${valueSpread(milliseconds, 1)}`);
  const apart = differenceTexts(
    known.map(({ name }) => name),
    known.map((arm) => arm.milliseconds),
    known.slice(1).map(({ difference }) => difference),
    1,
  );
  const spread = spreadOver(known.map(({ milliseconds }) => milliseconds.length));
  return sentence([
    TIMING_WORDS.caption.step(means.join(', ')),
    ...(apart.length > 0 ? [TIMING_WORDS.caption.differences(apart.join(', '))] : []),
    TIMING_WORDS.caption.over(steps, spread, device),
  ]);
}

type Parts = Pick<StudyResult, 'timing' | 'config' | 'provenance'>;

const milliseconds = (result: Parts, arm: string): SeedValue[] =>
  stepSeconds(result, arm).map((entry) => ({ ...entry, value: 1000 * entry.value }));

export function timingCaption(result: Parts): string {
  const { timing = [], provenance } = result;
  if (timing.length === 0) return '';
  const [baseline, ...others] = withNamedArms(result.config).arms;
  const first = milliseconds(result, baseline.id);
  const arms = [
    { name: baseline.name, milliseconds: first.map(({ value }) => value), difference: null },
    ...others.map(({ id, name }) => {
      const own = milliseconds(result, id);
      return { name, milliseconds: own.map(({ value }) => value), difference: seedDifference(first, own, null) };
    }),
  ];
  const reading = timingReading(
    arms,
    Math.max(...timing.map(({ steps }) => steps.length)),
    deviceName(provenance.device),
  );
  return aboutNamedArms(reading, result.config);
}

/** Which of two arms takes less time. */
export const timingTold = (result: Parts): Told =>
  toldOfPair(
    result,
    TIMING_WORDS.comparison,
    { lowerIsBetter: true },
    asValues(1, TIMING_WORDS.milliseconds),
    (...arms) => {
      const [first, second] = arms.map((arm) => milliseconds(result, arm));
      return { values: [first, second], difference: seedDifference(first, second, null) };
    },
  );
