import type { StudyResult } from '../../../study/result/result.ts';
import { armsInTable } from '../../csv/arms-in-table.ts';
import { csv, type Cell } from '../../csv/csv.ts';

/** One row per run and timed step. */
export function timingCsv(result: StudyResult): string {
  const nameOf = armsInTable(result);
  const rows = (result.timing ?? []).flatMap(({ arm, seed, steps, seconds }) =>
    steps.map((step, i): Cell[] => [nameOf(arm), seed, step, seconds[i]]),
  );
  return csv(['arm', 'seed', 'step', 'seconds'], rows);
}
