/** The sentences of the figure of times. Empty while there is nothing to read. */
import { comparisonMessage } from '../../../study/readings/comparison.ts';
import { seedDifference } from '../../../copra/seed-differences.ts';
import type { SeedValue, ScopedInterval } from '../../../core/crossed-interval.ts';
import { stepSeconds } from '../../../study/result/measures/timing.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { deviceName } from '../../device-name.ts';
import { aboutNamedArms, withNamedArms } from '../../results/read-arms.ts';
import { valueSpread, intervalText, countedEach, sentence } from '../../../study/readings/words.ts';
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
  const apart = known.flatMap(({ name, difference }) =>
    difference && difference.scope !== null ? [`${name} − ${known[0].name} ${intervalText(difference, 1)}`] : [],
  );
  const seeds = countedEach(
    known.map(({ milliseconds }) => milliseconds.length),
    'seed',
  );
  return sentence([
    TIMING_WORDS.caption.step(means.join(', ')),
    ...(apart.length > 0 ? [TIMING_WORDS.caption.differences(apart.join(', '))] : []),
    TIMING_WORDS.caption.over(steps, seeds, device),
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

/** Which of two arms takes less time; empty for other numbers of arms. */
export function timingMessage(result: Parts): string {
  const { arms } = result.config;
  if (arms.length !== 2 || !result.timing || result.timing.length === 0) return '';
  const [first, second] = arms.map(({ id }) => milliseconds(result, id));
  return comparisonMessage(TIMING_WORDS.comparison, [arms[0].name, arms[1].name], seedDifference(first, second, null), {
    lowerIsBetter: true,
  });
}
