/** Passes the arms of a result to a reading that compares them. */
import type { ArmResults } from '../../copra/readings/words.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { RESULT_WORDS } from './messages.ts';

/** Results grouped by arm, in the order of the configuration. */
export function byArm<T extends { readonly arm: string }>(result: StudyResult, results: readonly T[]): ArmResults<T>[] {
  return result.config.arms.map(({ id, name }) => ({ id, name, results: results.filter(({ arm }) => arm === id) }));
}

/** Maximum number of arms named in a sentence. */
const MOST_NAMED = 4;

/** Reads all arms. With too many, reads the first arm and the first CopRA arm (or else the second arm), and says so. */
export function readArms<T extends { readonly arm: string }>(
  result: StudyResult,
  results: readonly T[],
  read: (arms: ArmResults<T>[]) => string,
): string {
  const arms = byArm(result, results);
  if (arms.length <= MOST_NAMED) return read(arms);
  const copra = result.config.arms.findIndex(({ method }, i) => i > 0 && method === 'copra');
  const sentence = read([arms[0], arms[Math.max(1, copra)]]);
  return `${sentence} ${RESULT_WORDS.twoNamed(arms.length)}`;
}
