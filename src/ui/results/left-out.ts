/** What figures of updates say of DoRA arms, which they lack. */
import { leftOutReading } from '../../copra/readings/left-out.ts';
import type { StudyResult } from '../../study/result/result.ts';

/** DoRA arms that a figure of updates lacks. */
export const withoutDora = ({ config }: Pick<StudyResult, 'config'>, what: string): string =>
  leftOutReading(
    config.arms.filter(({ dora }) => dora).map(({ name }) => name),
    what,
  );

/** What an empty figure of updates says: that something comes, unless there are DoRA arms only. */
export const comesUnlessDora = (result: Pick<StudyResult, 'config'>, what: string, comes: string): string =>
  result.config.arms.every(({ dora }) => dora) ? withoutDora(result, what) : comes;

/** One after the other, without those that say nothing. */
export const joined = (...sentences: readonly string[]): string => sentences.filter(Boolean).join(' ');
