/** Some of the points of a geometry, with the distances between them. */
import { subCloud } from '../../../copra/geometry/distances.ts';
import type { GeometryResult } from './result.ts';

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
