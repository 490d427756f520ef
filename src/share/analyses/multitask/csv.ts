/** Merges across tasks as CSV. */
import type { StudyResult } from '../../../study/result/result.ts';
import { armsInTable } from '../../csv/arms-in-table.ts';
import { csv, type Cell } from '../../csv/csv.ts';

/** Many tasks: one row per arm, seed, task and way of merging. The accuracy columns say whose classes are the candidates. */
export function multitaskCsv(result: StudyResult): string {
  const { multitask } = result;
  const header = ['arm', 'seed', 'what', 'alignment', 'lambda', 'rank', 'task', 'accuracy', 'accuracy_all_classes'];
  if (!multitask) return csv(header, []);
  const nameOf = armsInTable(result);
  const { tasks, zeroShot, runs } = multitask;
  const each = (known: Cell[], { own, joint }: { own: readonly number[]; joint: readonly number[] }): Cell[][] =>
    tasks.map(({ name }, i) => [...known, name, own[i] ?? null, joint[i] ?? null]);
  const rows = [
    ...each([null, null, 'zero-shot', null, null, null], zeroShot),
    ...runs.flatMap(({ arm, seed, single, ensemble, merges }) => [
      ...each([nameOf(arm), seed, 'single', null, null, null], single),
      ...each([nameOf(arm), seed, 'ensemble', null, null, null], ensemble),
      ...merges.flatMap((merge) =>
        each([nameOf(arm), seed, merge.method, merge.alignment, merge.scale, merge.rank], merge),
      ),
    ]),
  ];
  return csv(header, rows);
}
