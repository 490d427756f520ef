import type { StudyResult } from '../../result/result.ts';
import { isPairOf, type NamedRun } from '../../run/run-names.ts';

/** Whether the paths between two runs of an arm are known, in either direction. */
export const knowsPair = (known: StudyResult, pair: readonly [NamedRun, NamedRun]): boolean =>
  known.landscape.some((entry) => isPairOf(entry, pair));
