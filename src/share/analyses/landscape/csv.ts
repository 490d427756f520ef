import type { LandscapeResult } from '../../../study/analyses/landscape/result.ts';
import { armsInTable, type NamedArms } from '../../csv/arms-in-table.ts';
import { csv, type Cell } from '../../csv/csv.ts';

/** A path of a study, or one between runs that still train. */
type WrittenPath = Pick<LandscapeResult, 'arm' | 'seeds' | 'path' | 'lambdas' | 'accuracy' | 'loss'> &
  Partial<Pick<LandscapeResult, 'alignment' | 'train'>>;

/** One row per point of every path between two adapters. */
export function landscapeCsv(result: NamedArms & { readonly landscape: readonly WrittenPath[] }): string {
  const nameOf = armsInTable(result);
  const rows = result.landscape.flatMap(({ arm, seeds, path, lambdas, accuracy, loss, alignment = 'none', train }) =>
    lambdas.map((lambda, i): Cell[] => [
      ...[nameOf(arm), ...seeds, path, lambda, accuracy[i] ?? null, loss[i] ?? null, alignment],
      ...[train?.accuracy[i] ?? null, train?.loss[i] ?? null],
    ]),
  );
  const header = ['arm', 'seed', 'other_seed', 'path', 'lambda', 'accuracy', 'loss'];
  return csv([...header, 'alignment', 'train_accuracy', 'train_loss'], rows);
}
