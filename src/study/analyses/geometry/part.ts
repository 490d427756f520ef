import { pairCount } from '../../../core/statistics.ts';
import { firstKnown, runName, type ResultPart } from '../../result/result-part.ts';
import { lowRankGroups } from '../../result/seed-groups.ts';
import { pointsThat } from './points-that.ts';
import type { GeometryResult } from './result.ts';
import type { StudyResult } from '../../result/result.ts';
import { isSameRun, namesOf, type NamedRun } from '../../run/run-names.ts';

/** Adapters as points, with all pairwise distances. */
export const GEOMETRY_PART: ResultPart<GeometryResult> = {
  names: ({ points }) => [['The point', points.map((point) => `${runName(point)}, step ${point.step ?? 'last'}`)]],
  runs: ({ points }) => points,
  lengths({ points, factors, updates }) {
    const pairs = pairCount(points.length);
    return [
      ['The norms of the adapters', points.length, factors.norms.length, updates.norms.length],
      ['The distances between adapters', pairs, factors.distances.length, updates.distances.length],
    ];
  },
  ofArms: (part, arms) => pointsThat(part, ({ arm }) => arms.has(arm)),
  united: firstKnown,
  missing: (result) =>
    result.config.analyses.geometry?.enabled && !knowsDistances(result, lowRankGroups(result).flat()) ? 1 : 0,
  followsTraining: ({ analyses }) => analyses.geometry?.enabled ?? false,
  ordered: (part) => part,
};

/** Whether the distances between all these trained adapters are known. */
export const knowsDistances = ({ geometry }: StudyResult, runs: readonly NamedRun[]): boolean =>
  geometry !== undefined &&
  namesOf(runs).every((run) => geometry.points.some((point) => point.step === null && isSameRun(point, run)));
