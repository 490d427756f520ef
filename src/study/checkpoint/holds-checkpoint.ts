/** Whether a study that is continued, and stopped, still needs its checkpoint. */
import { PART_KEYS } from '../result/result-parts.ts';
import type { StudyResult } from '../result/result.ts';
import type { StudyCheckpoint } from './checkpoint.ts';

/** Entries of all lists of a part. */
function entriesOf(part: unknown): number {
  if (Array.isArray(part)) return part.length;
  if (typeof part !== 'object' || part === null) return 0;
  return Object.values(part).reduce<number>((sum, list) => sum + entriesOf(list), 0);
}

/** Whether a result has what its study's checkpoint holds: the steps of every run, their tests once the training is done, and the findings. */
export function holdsCheckpoint(
  result: StudyResult,
  { head, finished = [] }: Pick<StudyCheckpoint, 'head' | 'finished'>,
): boolean {
  const { arms, seeds, training } = head.config;
  const isTrained = head.step === training.steps;
  const hasRun = (arm: string, seed: number): boolean =>
    result.runs.some(
      (run) =>
        run.arm === arm &&
        run.seed === seed &&
        run.steps >= head.step &&
        (!isTrained || run.test !== null || run.diverged !== undefined),
    );
  return (
    arms.every(({ id }) => seeds.every((seed) => hasRun(id, seed))) &&
    finished.every(({ found }) =>
      PART_KEYS.every((part) => entriesOf(result[part]) >= entriesOf((found as Partial<StudyResult>)[part])),
    )
  );
}
