import type { StudyResult } from '../../../study/result/result.ts';
import { armsInTable } from '../../csv/arms-in-table.ts';
import { csv, type Cell } from '../../csv/csv.ts';

/** Every point of every grid, then the corners and the trajectories. The residual of a trajectory point is its distance from the plane. */
export function planeCsv(result: StudyResult): string {
  const nameOf = armsInTable(result);
  const rows = (result.planes ?? []).flatMap(({ arm: id, corners, xs, ys, accuracy, loss, trajectories }): Cell[][] => {
    const arm = id === null ? null : nameOf(id);
    return [
      ...accuracy.map((value, i): Cell[] => {
        const [x, y] = [xs[i % xs.length], ys[Math.floor(i / xs.length)]];
        return [arm, 'grid', null, null, x, y, null, value, loss[i] ?? null];
      }),
      ...corners.map(({ run, x, y }): Cell[] => {
        return [
          run ? nameOf(run.arm) : arm,
          run ? 'corner' : 'zero adapter',
          run?.seed ?? null,
          null,
          x,
          y,
          0,
          null,
          null,
        ];
      }),
      ...trajectories.flatMap(({ arm: own, seed, points }) =>
        points.map(({ step, x, y, residual }): Cell[] => [
          nameOf(own),
          'trajectory',
          seed,
          step,
          x,
          y,
          residual,
          null,
          null,
        ]),
      ),
    ];
  });
  return csv(['arm', 'kind', 'seed', 'step', 'x', 'y', 'residual', 'accuracy', 'loss'], rows);
}
