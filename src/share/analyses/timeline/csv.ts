import type { StudyResult } from '../../../study/result/result.ts';
import { csv, type Cell } from '../../csv/csv.ts';

/** One row per tested adapter: of a run with everything or every other layer on, or of a point between two seeds. */
export function timelineCsv({ timeline }: StudyResult): string {
  const header = ['arm', 'seed', 'other_seed', 'step', 'what', 'lambda', 'accuracy'];
  if (!timeline) return csv(header, []);
  const ofRuns = timeline.runs.flatMap(({ arm, seed, steps, accuracy, halves }) =>
    steps.flatMap((step, i): Cell[][] => [
      [arm, seed, null, step, 'everything on', null, accuracy[i]],
      ...halves.map((half): Cell[] => [arm, seed, null, step, `${half.label} layers on`, null, half.accuracy[i]]),
    ]),
  );
  const ofPairs = timeline.pairs.flatMap(({ arm, seeds, steps, lambdas, accuracy }) =>
    steps.flatMap((step, i) =>
      lambdas.map((lambda, k): Cell[] => [
        ...([arm, ...seeds, step, 'factor path', lambda] as const),
        accuracy[i * lambdas.length + k],
      ]),
    ),
  );
  return csv(header, [...ofRuns, ...ofPairs]);
}
