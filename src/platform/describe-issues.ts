/** Schema violations in words. Nothing else reads what the library says of one, which is English in every language. */
import * as v from 'valibot';
import { ISSUE_WORDS } from './issue-words.ts';

/** How the library begins what it says by itself. Schemas of ours that say something say it in a sentence of their own. */
const BY_ITSELF = /^Invalid /;

type Issues = readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]];

/** ">=1" in words. */
function bounded(expected: string): string {
  const [, end, value] = /^([<>]=)(.+)$/.exec(expected) ?? [];
  if (end === undefined) return expected;
  return end === '<=' ? ISSUE_WORDS.atMost(value) : ISSUE_WORDS.atLeast(value);
}

function wantedBy(type: string, expected: string | null): string | null {
  if (type === 'integer') return ISSUE_WORDS.wholeNumber;
  const wanted = expected && bounded(expected);
  return wanted !== null && type.endsWith('length') ? ISSUE_WORDS.length(wanted) : wanted;
}

function told({ type, message, expected, received }: v.BaseIssue<unknown>): string {
  if (!BY_ITSELF.test(message)) return message;
  const wanted = wantedBy(type, expected);
  return wanted === null ? ISSUE_WORDS.unfit(received) : ISSUE_WORDS.expected(wanted, received);
}

export interface Violation {
  /** "arms.0.rank"; null: the value as a whole. */
  readonly path: string | null;
  /** "Expected …" */
  readonly what: string;
}

/** The first violation, for a sentence that says where in words of its own. */
export const firstViolation = ([issue]: Issues): Violation => ({ path: v.getDotPath(issue), what: told(issue) });

/** Describes the first violation: "arms.0.rank: Expected …". */
export function describeIssues(issues: Issues): string {
  const { path, what } = firstViolation(issues);
  return path ? ISSUE_WORDS.at(path, what) : what;
}
