/** What a study of its seeds would have found besides what a result holds, as a study that was united from several lacks it. */
import { seedPairs } from '../../copra/landscape.ts';
import { SPANNING } from '../../copra/geometry/plane.ts';
import { knowsDistances } from '../../study/analyses/geometry/known.ts';
import { knowsPair } from '../../study/analyses/landscape/known.ts';
import { knowsMerges } from '../../study/analyses/merging/known.ts';
import { knowsPlane } from '../../study/analyses/plane/known.ts';
import { hasDiverged } from '../../study/result/known-study.ts';
import type { StudyResult } from '../../study/result/result.ts';

export interface MissingFindings {
  /** Pairs of runs whose landscape is not known. */
  readonly pairs: number;
  /** Arms whose merges, planes are not of all their seeds. */
  readonly merges: number;
  readonly planes: number;
  readonly distances: boolean;
}

export function missingFindings(result: StudyResult): MissingFindings | null {
  const { arms, seeds, analyses } = result.config;
  const { landscape, merging, plane, geometry } = analyses;
  // What diverged is no part of any finding.
  const seedsOf = (arm: (typeof arms)[number]): number[] => seeds.filter((seed) => !hasDiverged(result, arm.id, seed));
  const groups = arms.map((arm) => seedsOf(arm).map((seed) => ({ arm, seed }))).filter(({ length }) => length > 1);
  // Neither merges nor distances are of DoRA arms.
  const lowRank = groups.filter(([{ arm }]) => arm.dora !== true);
  const of = (enabled: boolean | undefined, list: typeof groups, lacks: (group: (typeof groups)[number]) => boolean) =>
    enabled && seeds.length > 1 ? list.filter(lacks).length : 0;
  const pairs = arms.flatMap((arm) =>
    seedPairs(seedsOf(arm)).filter(
      ([a, b]) =>
        !knowsPair(result, [
          { arm, seed: a },
          { arm, seed: b },
        ]),
    ),
  );
  const missing = {
    pairs: landscape.enabled ? pairs.length : 0,
    merges: of(merging?.enabled, lowRank, (group) => !knowsMerges(result, group)),
    planes: of(plane?.enabled, groups, (group) => !knowsPlane(result, group.slice(0, SPANNING))),
    distances: (geometry?.enabled ?? false) && !knowsDistances(result, lowRank.flat()),
  };
  const { merges, planes, distances } = missing;
  return missing.pairs + merges + planes > 0 || distances ? missing : null;
}
