import type { StudyResult } from '../../../study/result/result.ts';
import { armsInTable } from '../../csv/arms-in-table.ts';
import { csv, type Cell } from '../../csv/csv.ts';
import { maskInTable } from '../../csv/mask-in-table.ts';

/** Structured rows name the kept part; unstructured rows name the share of entries set to zero. */
export function pruningCsv(result: StudyResult): string {
  const nameOf = armsInTable(result);
  const rows = result.pruning.flatMap(({ arm: id, seed, structured, unstructured }): Cell[][] => {
    const arm = nameOf(id);
    return [
      ...structured.map(({ label, kept, of, accuracy, loss, retainedGain }) => {
        return [arm, seed, 'structured', maskInTable(label), kept, of, null, accuracy, loss, retainedGain];
      }),
      ...unstructured.flatMap(({ scope, sparsities, accuracy, loss }) =>
        sparsities.map((sparsity, i): Cell[] => {
          return [arm, seed, 'unstructured', scope, null, null, sparsity, accuracy[i] ?? null, loss[i] ?? null, null];
        }),
      ),
    ];
  });
  const header = ['arm', 'seed', 'kind', 'what', 'kept', 'of', 'sparsity', 'accuracy', 'loss', 'retained_gain'];
  return csv(header, rows);
}
