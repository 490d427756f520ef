import type { StudyResult } from '../../../study/result/result.ts';
import { csv, type Cell } from '../../csv/csv.ts';

/** One row per run and timed step. */
export function timingCsv({ timing = [] }: StudyResult): string {
  const rows = timing.flatMap(({ arm, seed, steps, seconds }) =>
    steps.map((step, i): Cell[] => [arm, seed, step, seconds[i]]),
  );
  return csv(['arm', 'seed', 'step', 'seconds'], rows);
}
