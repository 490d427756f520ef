/**
 * The table of results as CSV: one row per arm, every figure as mean, standard deviation and number of seeds or pairs of seeds, and then the difference from a
 * baseline, paired by seed, with its 95 % interval.
 */
import { armsInTable } from '../../share/csv/arms-in-table.ts';
import { csv, type Cell } from '../../share/csv/csv.ts';
import type { ArmConfig } from '../../study/config/config.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { glanceFigures, glanceOf } from './glance.ts';
import type { SummaryFigure } from './summary-differences.ts';

const NAMES: Readonly<Record<SummaryFigure, string>> = {
  testAccuracy: 'accuracy',
  midpointFactor: 'midpoint',
  barrierFactor: 'barrier',
  accuracyHalf: 'every_other',
  retainedHalf: 'every_other_gain_kept',
  topThirdShare: 'top_third_share',
  otherDomains: 'other_domains',
  equalTask: 'other_domains_at_equal_task_accuracy',
  tasksMerged: 'tasks_merged',
  clients: 'clients_averaged',
  averagingError: 'averaging_error',
};

/** In every table, so that those of several studies have the same columns. */
const ALWAYS: readonly SummaryFigure[] = [
  ...(['testAccuracy', 'midpointFactor', 'barrierFactor', 'accuracyHalf'] as const),
  ...(['retainedHalf', 'topThirdShare'] as const),
];

export function summaryCsv(result: StudyResult, baseline: ArmConfig = result.config.arms[0]): string {
  const figures = [...ALWAYS, ...glanceFigures(result).filter((figure) => !ALWAYS.includes(figure))];
  const nameOf = armsInTable(result);
  const rows = glanceOf(result, figures, baseline).map(({ arm, summary, differences }) => [
    ...[nameOf(arm.id), arm.method],
    ...figures.flatMap((figure): Cell[] => {
      const value = summary[figure];
      return value ? [value.mean, value.sd, value.n] : [null, null, 0];
    }),
    nameOf(baseline.id),
    ...figures.flatMap((_, i): Cell[] => {
      const difference = differences?.[i];
      if (!difference) return [null, null, null, null];
      const { mean, low, high, scope } = difference;
      return [mean, ...(scope === null ? [null, null, null] : [low, high, scope])];
    }),
  ]);
  const names = figures.map((figure) => NAMES[figure]);
  return csv(
    [
      ...['arm', 'method'],
      ...names.flatMap((name) => [name, `${name}_sd`, `${name}_n`]),
      'baseline',
      ...names.flatMap((name) => ['', '_low', '_high', '_over'].map((end) => `${name}_difference${end}`)),
    ],
    rows,
  );
}
