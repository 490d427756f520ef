import type { StudyResult } from '../../../study/result/result.ts';
import { csv, type Cell } from '../../csv/csv.ts';

/** One row per run, set of images and size of the perturbation: means over directions. */
export function sharpnessCsv({ sharpness = [] }: StudyResult): string {
  const rows = sharpness.flatMap(({ arm, seed, radii, test, train }) =>
    [{ name: 'test', ...test }, ...(train ? [{ name: 'train', ...train }] : [])].flatMap(({ name, accuracy, loss }) =>
      radii.map((radius, i): Cell[] => [arm, seed, name, radius, accuracy[i], loss[i], loss[i] - loss[0]]),
    ),
  );
  return csv(['arm', 'seed', 'images', 'radius', 'accuracy', 'loss', 'loss_increase'], rows);
}
