/** The result as far as the list of adapters reads it. */
import type { StudyResult } from '../../study/result/result.ts';
import type { StudyState } from '../study/study-store.ts';

/** Whether the list says the same of both: losses, gates and analyses, which come all the time, are not in it. */
const isListedAlike = (a: StudyResult | null, b: StudyResult | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.config === b.config &&
    a.task === b.task &&
    a.runs.length === b.runs.length &&
    a.runs.every(({ arm, seed, test }, i) => {
      const other = b.runs[i];
      return arm === other.arm && seed === other.seed && test?.accuracy === other.test?.accuracy;
    }));

/** A selector that gives the same result until the list says something else of it. */
export function listedResult(): (state: Pick<StudyState, 'result'>) => StudyResult | null {
  let last: StudyResult | null = null;
  return ({ result }) => {
    if (!isListedAlike(last, result)) last = result;
    return last;
  };
}
