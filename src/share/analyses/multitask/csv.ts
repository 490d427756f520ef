/** Merges across tasks as CSV. */
import type { StudyResult } from '../../../study/result/result.ts';
import { csv, type Cell } from '../../csv/csv.ts';

/** Many tasks: one row per arm, seed, task and way of merging. The accuracy columns say whose classes are the candidates. */
export function multitaskCsv({ multitask }: StudyResult): string {
  const header = ['arm', 'seed', 'what', 'alignment', 'lambda', 'rank', 'task', 'accuracy', 'accuracy_all_classes'];
  if (!multitask) return csv(header, []);
  const { tasks, zeroShot, runs } = multitask;
  const each = (known: Cell[], { own, joint }: { own: readonly number[]; joint: readonly number[] }): Cell[][] =>
    tasks.map(({ name }, i) => [...known, name, own[i] ?? null, joint[i] ?? null]);
  const rows = [
    ...each([null, null, 'zero-shot', null, null, null], zeroShot),
    ...runs.flatMap(({ arm, seed, single, ensemble, merges }) => [
      ...each([arm, seed, 'single', null, null, null], single),
      ...each([arm, seed, 'ensemble', null, null, null], ensemble),
      ...merges.flatMap((merge) => each([arm, seed, merge.method, merge.alignment, merge.scale, merge.rank], merge)),
    ]),
  ];
  return csv(header, rows);
}
