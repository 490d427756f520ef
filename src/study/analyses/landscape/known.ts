import type { StudyResult } from '../../result/result.ts';
import type { NamedRun } from '../../run/run-names.ts';

/** Whether the paths between two runs of an arm are known, in either direction. */
export const knowsPair = (known: StudyResult, [first, second]: readonly [NamedRun, NamedRun]): boolean =>
  known.landscape.some(({ arm, seeds }) => {
    const [a, b] = seeds;
    return arm === first.arm.id && ((a === first.seed && b === second.seed) || (a === second.seed && b === first.seed));
  });
