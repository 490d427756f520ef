/** What a link may drop or round to fit: what its sections say of themselves, and helpers to say it. Pure. */
import { without } from '../../core/without.ts';
import type { NOTHING_FOUND, RunResult, StudyResult } from '../../study/result/result.ts';
import type { Coarser, Detail } from './fidelity.ts';
import type { ReductionCode } from './messages.ts';

export interface Reduction {
  /** Stored in links: never reuse one. Its words for people: messages.ts. */
  readonly code: ReductionCode;
  /**
   * What is worth least goes first, whichever section it is of. 0: no link holds it. Up to 300 go what charts hardly show and
   * figures that come unasked, below 500 parts of figures and what stands beside them, from 500 on figures that the study asks for. Each above 0 has a number of
   * its own.
   */
  readonly worth: number;
  /** Of several reductions of one kind, only the last is reported. */
  readonly kind?: 'losses' | 'seeds' | 'confusions' | Detail;
  /** The smaller result, or the same one if there is nothing to drop. */
  readonly apply?: (result: StudyResult, original: StudyResult) => StudyResult;
  /** How exactly numbers are stored. Nothing is missing: they are rounded. */
  readonly precision?: Coarser;
  /** A whole figure is missing. The place of one that the study asks for stays empty on the page; others come with a result unasked. */
  readonly figure?: 'asked' | 'unasked';
}

type ListKey = keyof typeof NOTHING_FOUND;
type OptionalKey = { [K in keyof StudyResult]-?: undefined extends StudyResult[K] ? K : never }[keyof StudyResult];

/** Drops a part of a result that not every result has. */
export const withoutPart =
  (part: OptionalKey) =>
  (result: StudyResult): StudyResult =>
    result[part] === undefined ? result : without(result, part);

/** Empties a part of a result that every result has. */
export const withoutEntries =
  (part: ListKey) =>
  (result: StudyResult): StudyResult =>
    result[part].length > 0 ? { ...result, [part]: [] } : result;

/** Keeps the first `most` entries of every group; the same list when there are no more. */
export function firstOfEach<T>(entries: T[], group: (entry: T) => string, most: number): T[] {
  const seen = new Map<string, number>();
  const kept = entries.filter((entry) => {
    const count = (seen.get(group(entry)) ?? 0) + 1;
    seen.set(group(entry), count);
    return count <= most;
  });
  return kept.length < entries.length ? kept : entries;
}

/** Keeps what a part holds of the first seeds (pairs) of every group; the same result when there are no more. */
export const firstEntries =
  <Key extends ListKey>(part: Key, group: (entry: StudyResult[Key][number]) => string) =>
  (result: StudyResult, most: number): StudyResult => {
    const entries: StudyResult[Key][number][] = result[part];
    const kept = firstOfEach(entries, group, most);
    return kept === entries ? result : { ...result, [part]: kept };
  };

/** The result with every run changed; the same object when `change` changes nothing. */
export function mapRuns(result: StudyResult, change: (run: RunResult) => RunResult): StudyResult {
  const runs = result.runs.map(change);
  return runs.some((run, i) => run !== result.runs[i]) ? { ...result, runs } : result;
}
