/** How accurate each class is, as CSV. */
import { armsInTable } from '../../share/csv/arms-in-table.ts';
import { csv, type Cell } from '../../share/csv/csv.ts';
import { measuredEffect } from '../../study/result/measures/sample.ts';
import type { Confusion } from '../../study/predictions/result.ts';
import { frozenOf } from '../../study/result/frozen.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { classAccuracies, runsOf } from './class-confusions.ts';

/** One row per class without an adapter and of every arm, with the interval that the figure draws. */
export function classAccuraciesCsv(result: StudyResult, confusions: readonly Confusion[]): string {
  const nameOf = armsInTable(result);
  const { classes } = result.task;
  const effect = measuredEffect(result) ?? 1;
  const frozenName = frozenOf(result.task)?.name ?? 'zero-shot';
  const rows = confusions.flatMap((confusion) =>
    classAccuracies(confusion, classes.length, effect).map(({ images, accuracy, low, high }, i): Cell[] => [
      confusion.arm === null ? frozenName : nameOf(confusion.arm),
      ...[runsOf(confusion), classes[i], images],
      ...(images > 0 ? [accuracy, low, high] : [null, null, null]),
    ]),
  );
  return csv(['arm', 'runs', 'class', 'images', 'accuracy', 'accuracy_low', 'accuracy_high'], rows);
}
