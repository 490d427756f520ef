import type { StudyResult } from '../../../study/result/result.ts';
import { armsInTable } from '../../csv/arms-in-table.ts';
import { csv, type Cell } from '../../csv/csv.ts';

/** The merged runs, the ensemble of their logits, every merge, and task arithmetic at every factor. */
export function mergingCsv(result: StudyResult): string {
  const nameOf = armsInTable(result);
  const rows = (result.merging ?? []).flatMap(({ arm: id, runs, ensemble, merges, sweep }): Cell[][] => {
    const arm = id === null ? null : nameOf(id);
    return [
      ...runs.map((run) => [arm, 'run', null, nameOf(run.arm), run.seed, null, null, run.accuracy, run.loss]),
      ...(ensemble ? [[arm, 'ensemble', null, null, null, null, null, ensemble.accuracy, ensemble.loss]] : []),
      ...merges.map(({ method, alignment, scale, rank, accuracy, loss }) => {
        return [arm, 'merge', alignment, method, null, scale, rank, accuracy, loss];
      }),
      ...(sweep?.scales ?? []).map((scale, i): Cell[] => {
        return [
          arm,
          'sweep',
          'none',
          'task-arithmetic',
          null,
          scale,
          null,
          sweep?.accuracy[i] ?? null,
          sweep?.loss[i] ?? null,
        ];
      }),
    ];
  });
  return csv(['arm', 'kind', 'alignment', 'what', 'seed', 'lambda', 'rank', 'accuracy', 'loss'], rows);
}
