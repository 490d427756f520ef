/** The sentence under the planes. Empty while there is nothing to read. */
import { mean } from '../../../core/statistics.ts';
import type { PlaneResult } from '../../../study/analyses/plane/result.ts';
import { testSample } from '../../../study/result/measures/sample.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { READING_WORDS } from '../../../study/readings/messages.ts';
import { meanOfKnown, unbrokenPercent } from '../../../study/readings/numbers.ts';
import { readingOf, sampling, UNREAD, type Reading } from '../../../study/readings/words.ts';
import type { Sample } from '../../../core/clusters.ts';
import { planeName } from './plane-plot.ts';
import { PLANE_WORDS } from './messages.ts';
import { runOf } from '../../../study/result/run-names.ts';

export interface PlaneSeen {
  readonly name: string;
  /** Test accuracies of the runs that span the plane, not of the backbone. */
  readonly corners: readonly number[];
  /** Accuracy at the centre of those runs; null until the grid reaches it. */
  readonly middle: number | null;
  /** Distance of the runs' initial adapters from the plane, as a share of the distance from the initial to the trained adapters. */
  readonly offPlane: readonly number[];
}

/** Reading of the plane through three adapters: the accuracy between them, and how far the training paths lie outside the plane. */
export function planeReading(planes: readonly PlaneSeen[], images: Sample): Reading {
  const measured = planes.flatMap(({ middle, ...plane }) => (middle === null ? [] : [{ ...plane, middle }]));
  if (measured.length === 0) return UNREAD;
  const levels = measured.map(({ name, corners, middle }, i) => {
    const level = meanOfKnown(corners);
    const at = level === null ? READING_WORDS.unknown : unbrokenPercent(level, 1);
    return PLANE_WORDS.caption.levels(name, at, unbrokenPercent(middle, 1), i === 0);
  });
  const shares = measured.map(({ offPlane }) => meanOfKnown(offPlane));
  const off = shares.map((share) => (share === null ? '–' : unbrokenPercent(share)));
  const [first] = measured;
  return readingOf(
    [PLANE_WORDS.caption.grid(levels.join('; '), sampling(meanOfKnown(first.corners) ?? first.middle, images))],
    shares.some((share) => share !== null) ? [PLANE_WORDS.caption.offPlane(off.join(' / '))] : [],
  );
}

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

export function planeCaption(result: StudyResult): Reading {
  const planes = result.planes ?? [];
  const seen = planes.map((plane) => {
    const runs = plane.corners.filter(({ run }) => run);
    const tested = runs.flatMap(({ run }) => {
      const own = run && runOf(result.runs, run.arm, run.seed);
      return own?.test ? [own.test.accuracy] : [];
    });
    return {
      name: planeName(result, plane),
      corners: tested,
      middle: accuracyAt(plane, mean(runs.map(({ x }) => x)), mean(runs.map(({ y }) => y))),
      offPlane: plane.trajectories.flatMap(({ points }) => offPlane(points)),
    };
  });
  return planeReading(seen, testSample(result));
}
