/** Which runs a table of results is without. */
import { listed } from '../../../core/listed.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { SUMMARY_WORDS } from './messages.ts';

/** How many runs diverged, and of which arms; empty where none did. */
export function divergedText({ config, runs }: Pick<StudyResult, 'config' | 'runs'>): string {
  const arms = config.arms.flatMap(({ id, name }) => {
    const own = runs.filter(({ arm }) => arm === id);
    const diverged = own.filter((run) => run.diverged !== undefined).length;
    return diverged > 0 ? [{ diverged, said: SUMMARY_WORDS.divergedOf(name, diverged, own.length) }] : [];
  });
  if (arms.length === 0) return '';
  const diverged = arms.reduce((sum, arm) => sum + arm.diverged, 0);
  return SUMMARY_WORDS.diverged(diverged, runs.length, listed(arms.map(({ said }) => said)));
}
