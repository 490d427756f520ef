/** The sentences of the figure of times. Empty while there is nothing to read. */
import { COMPARISONS, comparisonMessage } from '../../../copra/readings/message.ts';
import { timingReading } from '../../../copra/readings/timing.ts';
import { seedDifference } from '../../../copra/seed-differences.ts';
import type { SeedValue } from '../../../core/crossed-interval.ts';
import { stepSeconds } from '../../../study/result/measures/timing.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { deviceName } from '../../device-name.ts';
import { aboutNamedArms, withNamedArms } from '../../results/read-arms.ts';

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
  return comparisonMessage(COMPARISONS.timing, [arms[0].name, arms[1].name], seedDifference(first, second, null));
}
