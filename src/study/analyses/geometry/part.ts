import { subCloud } from '../../../copra/geometry/distances.ts';
import { pairCount } from '../../../core/pairs.ts';
import { firstKnown, runName, type ResultPart } from '../../result/result-part.ts';
import { RESULT_CHECKS } from '../../result/words.ts';
import { lowRankRuns } from '../../result/seed-groups.ts';
import type { GeometryResult } from './result.ts';
import type { StudyResult } from '../../result/result.ts';
import { isSameRun, namesOf, type NamedRun } from '../../result/run-names.ts';

/** The points at these indices, and the distances between them. */
function pointsAt({ points, factors, updates }: GeometryResult, places: readonly number[]): GeometryResult {
  const part = (cloud: GeometryResult['factors']) => {
    const { norms, distances } = subCloud(cloud, places);
    return { norms: [...norms], distances: [...distances] };
  };
  return { points: places.map((i) => points[i]), factors: part(factors), updates: part(updates) };
}

/** The wanted points, with the distances between them; the same object when all are wanted. */
export function pointsThat(
  part: GeometryResult,
  wanted: (point: GeometryResult['points'][number]) => boolean,
): GeometryResult {
  const places = part.points.flatMap((point, i) => (wanted(point) ? [i] : []));
  return places.length < part.points.length ? pointsAt(part, places) : part;
}

/** Adapters as points, with all pairwise distances. */
export const GEOMETRY_PART: ResultPart<GeometryResult> = {
  names: ({ points }) => [['geometry.points', points.map((point) => RESULT_CHECKS.atStep(runName(point), point.step))]],
  runs: ({ points }) => points,
  lengths({ points, factors, updates }) {
    const pairs = pairCount(points.length);
    return [
      ['geometry.norms', null, points.length, factors.norms.length, updates.norms.length],
      ['geometry.distances', null, pairs, factors.distances.length, updates.distances.length],
    ];
  },
  ofArms: (part, arms) => pointsThat(part, ({ arm }) => arms.has(arm)),
  united: firstKnown,
  missing: (result) =>
    result.config.analyses.geometry?.enabled && !knowsDistances(result, lowRankRuns(result)) ? 1 : 0,
  followsTraining: ({ analyses }) => analyses.geometry?.enabled ?? false,
  ordered: (part) => part,
};

/** Whether the distances between all these trained adapters are known. */
export const knowsDistances = ({ geometry }: StudyResult, runs: readonly NamedRun[]): boolean =>
  namesOf(runs).every((run) => geometry?.points.some((point) => point.step === null && isSameRun(point, run)));
