import { cosine, distance } from '../../../copra/geometry/distances.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armsInTable } from '../../csv/arms-in-table.ts';
import { csv, type Cell } from '../../csv/csv.ts';

/** One row per pair of adapters. An empty step means the last one. The zero adapter is the pretrained model. */
export function geometryCsv(result: StudyResult): string {
  const { geometry } = result;
  if (!geometry) return csv([], []);
  const nameOf = armsInTable(result);
  const { points, factors, updates } = geometry;
  const name = (i: number): Cell[] => [nameOf(points[i].arm), points[i].seed, points[i].step];
  const indices = points.map((_, i) => i);
  const rows = indices.flatMap((i): Cell[][] => [
    [...name(i), 'zero', null, null, factors.norms[i], null, updates.norms[i], null],
    ...indices.slice(i + 1).map((j): Cell[] => {
      const cells = [factors, updates].flatMap((cloud) => [distance(cloud, i, j), cosine(cloud, i, j)]);
      return [...name(i), ...name(j), ...cells];
    }),
  ]);
  const header = ['arm', 'seed', 'step', 'other_arm', 'other_seed', 'other_step'];
  const measures = ['factor_distance', 'factor_cosine', 'update_distance', 'update_cosine'];
  return csv([...header, ...measures], rows);
}
