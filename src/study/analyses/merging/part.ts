import { firstKnown, groupName, groupsBesideArms, groupsOfArms, type ResultPart } from '../../result/result-part.ts';
import { lowRankGroups } from '../../result/seed-groups.ts';
import type { MergingResult } from './result.ts';
import type { StudyResult } from '../../result/result.ts';
import { namesOf, sameRuns, type NamedRun } from '../../result/run-names.ts';
import { MERGES } from './merges.ts';

/** Groups of runs, each with all seeds of an arm. */
export const MERGING_PART: ResultPart<MergingResult[]> = {
  identity: ['arm'],
  names: (groups) => [['merging', groups.map(groupName)]],
  runs: (groups) => groups.flatMap(({ runs }) => runs),
  arms: (groups) => groups.flatMap(({ arm }) => arm ?? []),
  lengths: (groups) =>
    groups.flatMap(({ sweep }) =>
      sweep ? [['merging.sweep', null, sweep.scales.length, sweep.accuracy.length, sweep.loss.length] as const] : [],
    ),
  ofArms: (groups, arms) => groupsOfArms(groups, arms, ({ runs }) => runs),
  shownOfArms: groupsBesideArms,
  united: firstKnown,
  missing: (result) =>
    result.config.analyses.merging?.enabled
      ? lowRankGroups(result).filter((runs) => !knowsMerges(result, runs)).length
      : 0,
  ordered: (groups) => groups,
};

/** Whether exactly these runs of an arm were merged, in every way. */
export const knowsMerges = ({ merging }: StudyResult, runs: readonly NamedRun[]): boolean =>
  merging?.some((group) => group.merges.length === MERGES.length && sameRuns(group.runs, namesOf(runs))) ?? false;
