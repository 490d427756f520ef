import type { StudyResult } from '../../result/result.ts';
import { namesOf, sameRuns, type NamedRun } from '../../run/run-names.ts';

/** Whether the plane that these runs span is known. */
export const knowsPlane = (known: StudyResult, spanning: readonly NamedRun[]): boolean =>
  known.planes?.some(({ corners, accuracy, xs, ys }) => {
    const runs = corners.flatMap(({ run }) => run ?? []);
    return accuracy.length === xs.length * ys.length && sameRuns(runs, namesOf(spanning));
  }) ?? false;
