/** Passes the arms of a result to a reading that compares them. */
import type { ArmResults, Reading } from '../../study/readings/words.ts';
import { comparedArms } from '../../state/summary/findings.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { RESULT_WORDS } from './messages.ts';

/** Results grouped by arm, in the order of the configuration. */
export function byArm<T extends { readonly arm: string }>(
  { config }: Pick<StudyResult, 'config'>,
  results: readonly T[],
): ArmResults<T>[] {
  return config.arms.map(({ id, name }) => ({ id, name, results: results.filter(({ arm }) => arm === id) }));
}

/** Maximum number of arms named in a sentence. */
const MOST_NAMED = 4;

/** The settings with the arms that a sentence names: all, or with too many the two that are compared; of a sweep the first and the first CopRA arm (or else the second). */
export function withNamedArms(config: StudyConfig): StudyConfig {
  const { arms } = config;
  if (arms.length <= MOST_NAMED) return config;
  const copra = arms.findIndex(({ method }, i) => i > 0 && method === 'copra');
  return { ...config, arms: [...(comparedArms(config) ?? [arms[0], arms[Math.max(1, copra)]])] };
}

/** A sentence about the arms that `withNamedArms` leaves, which says so where others are not named. */
export const aboutNamedArms = (sentence: string, { arms }: StudyConfig): string =>
  sentence === '' || arms.length <= MOST_NAMED ? sentence : `${sentence} ${RESULT_WORDS.twoNamed(arms.length)}`;

/** The same of a reading, which says so beside its numbers too. */
export const ofNamedArms = ({ numbers, reading }: Reading, config: StudyConfig): Reading => ({
  numbers: aboutNamedArms(numbers, config),
  reading: aboutNamedArms(reading, config),
});

/** Reads the arms that a sentence names. */
export function readArms<T extends { readonly arm: string }>(
  result: StudyResult,
  results: readonly T[],
  read: (arms: ArmResults<T>[]) => string,
): string {
  const config = withNamedArms(result.config);
  return aboutNamedArms(read(byArm({ config }, results)), result.config);
}
