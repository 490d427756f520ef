/** A sweep as CSV, in the conventions of csv.ts. */
import type { StudyResult } from '../../study/result/result.ts';
import { sweepTable } from '../../study/result/sweep-table.ts';
import type { Sweep } from '../../study/config/sweep.ts';
import { armsInTable } from './arms-in-table.ts';
import { csv, type Cell } from './csv.ts';

/** A sweep: one row per run, and one per pair of seeds, which also has a second seed. */
export function sweepCsv(result: StudyResult, sweep: Sweep): string {
  const nameOf = armsInTable(result);
  const rows = sweepTable(result, sweep).map((row): Cell[] => [
    ...[row.method, nameOf(row.arm), row.value, row.seed, row.otherSeed, row.accuracy, row.loss, row.validation],
    ...[row.everyOther, row.retainedEveryOther, row.midpointFactor, row.midpointProduct],
  ]);
  const head = ['method', 'arm', sweep.setting.key, 'seed', 'other_seed', 'accuracy', 'loss', 'validation_accuracy'];
  return csv([...head, 'every_other_layer', 'every_other_retained_gain', 'midpoint_factor', 'midpoint_product'], rows);
}
