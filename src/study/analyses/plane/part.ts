import { SPANNING } from '../../../copra/geometry/plane.ts';
import { firstKnown, groupName, groupsBesideArms, groupsOfArms, type ResultPart } from '../../result/result-part.ts';
import { seedGroups } from '../../result/seed-groups.ts';
import type { PlaneResult } from './result.ts';
import type { StudyResult } from '../../result/result.ts';
import { namesOf, sameRuns, type NamedRun } from '../../result/run-names.ts';

/** Planes, each through runs of an arm. */
export const PLANE_PART: ResultPart<PlaneResult[]> = {
  identity: ['arm'],
  names: (planes) => [['planes', planes.map(groupName)]],
  runs: (planes) =>
    planes.flatMap(({ corners, trajectories }) => [...corners.flatMap(({ run }) => run ?? []), ...trajectories]),
  arms: (planes) => planes.flatMap(({ arm }) => arm ?? []),
  lengths: (planes) =>
    planes.map(({ xs, ys, accuracy, loss }) => [
      'planes',
      null,
      // Rows are measured one after the other, so the values present form whole rows.
      xs.length * Math.min(ys.length, Math.ceil(accuracy.length / Math.max(1, xs.length))),
      accuracy.length,
      loss.length,
    ]),
  ofArms: (planes, arms) => groupsOfArms(planes, arms, ({ trajectories }) => trajectories),
  shownOfArms: groupsBesideArms,
  united: firstKnown,
  missing: (result) =>
    result.config.analyses.plane?.enabled
      ? seedGroups(result).filter((runs) => !knowsPlane(result, runs.slice(0, SPANNING))).length
      : 0,
  followsTraining: ({ analyses }) => analyses.plane?.enabled ?? false,
  ordered: (planes) => planes,
};

/** Whether the plane that these runs span is known. */
export const knowsPlane = (known: StudyResult, spanning: readonly NamedRun[]): boolean =>
  known.planes?.some(({ corners, accuracy, xs, ys }) => {
    const runs = corners.flatMap(({ run }) => run ?? []);
    return accuracy.length === xs.length * ys.length && sameRuns(runs, namesOf(spanning));
  }) ?? false;
