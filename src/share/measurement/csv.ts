/** A measurement as a table: one row per contender and task. */
import type { Measurement } from '../../engine/measure/measurement.ts';
import { csv } from '../csv/csv.ts';

const HEAD = [
  'task',
  'contender',
  'state',
  'seconds_median',
  'seconds_low_quartile',
  'seconds_high_quartile',
  'repetitions',
  'part_of_task',
  'warm',
  'deviation',
  'reason',
];

/** Times in seconds; a cell without one says why in its last column. */
export function measurementCsv({ tasks }: Measurement): string {
  const rows = tasks.flatMap(({ task, cells }) =>
    cells.map((cell) => {
      const head = [task, cell.contender, cell.state];
      if (cell.state === 'failed') return [...head, '', '', '', '', '', '', '', cell.reason];
      if (cell.state === 'skipped') return [...head, '', '', '', '', '', '', '', cell.why];
      const { median, low, high, repetitions, part, warm } = cell.timing;
      return [...head, median, low, high, repetitions, part, warm ? 1 : 0, cell.deviation ?? '', ''].map(String);
    }),
  );
  return csv(HEAD, rows);
}
