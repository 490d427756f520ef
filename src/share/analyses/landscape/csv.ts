import type { StudyResult } from '../../../study/result/result.ts';
import { csv, type Cell } from '../../csv/csv.ts';

/** One row per point of every path between two adapters. */
export function landscapeCsv(result: StudyResult): string {
  const rows = result.landscape.flatMap(({ arm, seeds, path, lambdas, accuracy, loss, alignment = 'none', train }) =>
    lambdas.map((lambda, i): Cell[] => [
      ...[arm, ...seeds, path, lambda, accuracy[i] ?? null, loss[i] ?? null, alignment],
      ...[train?.accuracy[i] ?? null, train?.loss[i] ?? null],
    ]),
  );
  const header = ['arm', 'seed_0', 'seed_1', 'path', 'lambda', 'accuracy', 'loss'];
  return csv([...header, 'alignment', 'train_accuracy', 'train_loss'], rows);
}
