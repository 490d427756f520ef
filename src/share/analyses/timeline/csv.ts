import type { StudyResult } from '../../../study/result/result.ts';
import { armsInTable } from '../../csv/arms-in-table.ts';
import { csv, type Cell } from '../../csv/csv.ts';
import { maskInTable } from '../../csv/mask-in-table.ts';

/** What an arm has spent after so many steps, in adapter updates, in compute and in seconds (NaN where none was timed); null if it is not known. */
export type Spent = (arm: string, step: number) => readonly [updates: number, compute: number, seconds: number] | null;

/** One row per tested adapter: of a run with everything or every other layer on, or of a point between two seeds. */
export function timelineCsv(result: StudyResult, spent: Spent): string {
  const { timeline } = result;
  const header = [
    ...['arm', 'seed', 'other_seed', 'step', 'adapter_updates', 'compute', 'seconds'],
    ...['what', 'lambda', 'accuracy'],
  ];
  if (!timeline) return csv(header, []);
  const nameOf = armsInTable(result);
  const at = (arm: string, step: number): Cell[] => [
    step,
    ...(spent(arm, step) ?? [null, null, null]).map((value) => (Number.isNaN(value) ? null : value)),
  ];
  const ofRuns = timeline.runs.flatMap(({ arm, seed, steps, accuracy, halves }) =>
    steps.flatMap((step, i): Cell[][] => [
      [nameOf(arm), seed, null, ...at(arm, step), 'everything on', null, accuracy[i]],
      ...halves.map((half): Cell[] => [
        ...[nameOf(arm), seed, null, ...at(arm, step)],
        `${maskInTable(half.label)} on`,
        ...[null, half.accuracy[i]],
      ]),
    ]),
  );
  const ofPairs = timeline.pairs.flatMap(({ arm, seeds, steps, lambdas, accuracy }) =>
    steps.flatMap((step, i) =>
      lambdas.map((lambda, k): Cell[] => [
        ...[nameOf(arm), ...seeds, ...at(arm, step), 'factor path', lambda],
        accuracy[i * lambdas.length + k],
      ]),
    ),
  );
  return csv(header, [...ofRuns, ...ofPairs]);
}
