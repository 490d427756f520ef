import type { StudyResult } from '../../result/result.ts';
import { namesOf, sameRuns, type NamedRun } from '../../run/run-names.ts';
import { MERGES } from './merges.ts';

/** Whether exactly these runs of an arm were merged, in every way. */
export const knowsMerges = ({ merging }: StudyResult, runs: readonly NamedRun[]): boolean =>
  merging?.some((group) => group.merges.length === MERGES.length && sameRuns(group.runs, namesOf(runs))) ?? false;
