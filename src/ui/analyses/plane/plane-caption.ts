/** Passes the planes of a result to their reading. */
import { planeReading } from '../../../copra/readings/plane.ts';
import { mean } from '../../../core/statistics.ts';
import type { PlaneResult } from '../../../study/analyses/plane/result.ts';
import { testSample } from '../../../study/result/measures/sample.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { planeName } from './plane-plot.ts';

/** Accuracy at a point, interpolated between its four grid neighbours; null outside the measured grid. */
export function accuracyAt({ xs, ys, accuracy }: PlaneResult, x: number, y: number): number | null {
  const place = (positions: readonly number[], value: number) =>
    ((value - positions[0]) / (positions[positions.length - 1] - positions[0])) * (positions.length - 1);
  const [column, row] = [place(xs, x), place(ys, y)];
  const [left, low] = [Math.floor(column), Math.floor(row)];
  const [right, high] = [Math.min(left + 1, xs.length - 1), Math.min(low + 1, ys.length - 1)];
  const at = (i: number, j: number): number =>
    (i >= 0 && i < xs.length ? accuracy[j * xs.length + i] : undefined) ?? NaN;
  const blend = (a: number, b: number, t: number): number => (t === 0 ? a : (1 - t) * a + t * b);
  const value = blend(
    blend(at(left, low), at(right, low), column - left),
    blend(at(left, high), at(right, high), column - left),
    row - low,
  );
  return Number.isFinite(value) ? value : null;
}

/** Distance of the first adapter from the plane, relative to its distance from the last one; empty if undefined. */
function offPlane(points: PlaneResult['trajectories'][number]['points']): number[] {
  if (points.length < 2) return [];
  const [first, last] = [points[0], points[points.length - 1]];
  const way = Math.hypot(last.x - first.x, last.y - first.y, first.residual);
  return way > 0 ? [first.residual / way] : [];
}

export function planeCaption(result: StudyResult): string {
  const planes = result.planes ?? [];
  if (planes.length === 0) return '';
  const seen = planes.map((plane) => {
    const runs = plane.corners.filter(({ run }) => run);
    const tested = runs.flatMap(({ run }) => {
      const own = result.runs.find(({ arm, seed }) => arm === run?.arm && seed === run.seed);
      return own?.test ? [own.test.accuracy] : [];
    });
    return {
      name: planeName(result, plane),
      corners: tested,
      middle: accuracyAt(plane, mean(runs.map(({ x }) => x)), mean(runs.map(({ y }) => y))),
      offPlane: plane.trajectories.flatMap(({ points }) => offPlane(points)),
    };
  });
  return seen.some(({ middle }) => middle !== null) ? planeReading(seen, testSample(result)) : '';
}
