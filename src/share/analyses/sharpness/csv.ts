import type { StudyResult } from '../../../study/result/result.ts';
import { armsInTable } from '../../csv/arms-in-table.ts';
import { csv, type Cell } from '../../csv/csv.ts';

/** One row per run, set of images and size of the perturbation: means over directions. */
export function sharpnessCsv(result: StudyResult): string {
  const nameOf = armsInTable(result);
  const rows = (result.sharpness ?? []).flatMap(({ arm, seed, radii, test, train }) =>
    [{ name: 'test', ...test }, ...(train ? [{ name: 'train', ...train }] : [])].flatMap(({ name, accuracy, loss }) =>
      radii.map((radius, i): Cell[] => [nameOf(arm), seed, name, radius, accuracy[i], loss[i], loss[i] - loss[0]]),
    ),
  );
  return csv(['arm', 'seed', 'images', 'radius', 'accuracy', 'loss', 'loss_increase'], rows);
}
