/** Notes on DoRA arms, which figures of updates leave out. */
import { leftOutReading } from '../../study/readings/words.ts';
import type { StudyResult } from '../../study/result/result.ts';

/** Names the DoRA arms that a figure of updates leaves out. */
export const withoutDora = ({ config }: Pick<StudyResult, 'config'>, what: string): string =>
  leftOutReading(
    config.arms.filter(({ dora }) => dora).map(({ name }) => name),
    what,
  );

/** Message of an empty figure of updates: what will appear, unless all arms are DoRA. */
export const comesUnlessDora = (result: Pick<StudyResult, 'config'>, what: string, comes: string): string =>
  result.config.arms.every(({ dora }) => dora) ? withoutDora(result, what) : comes;

/** Joins the non-empty sentences. */
export const joined = (...sentences: readonly string[]): string => sentences.filter(Boolean).join(' ');
