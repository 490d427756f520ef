/** Schema violations in words. */
import * as v from 'valibot';
import { CONFIG_WORDS } from './messages.ts';

/** How the library begins what it says by itself, always in English. Schemas of ours that say something say it in a sentence of their own. */
const BY_ITSELF = /^Invalid /;

function told({ type, message, expected, received }: v.BaseIssue<unknown>): string {
  if (!BY_ITSELF.test(message)) return message;
  const wanted = type === 'integer' ? CONFIG_WORDS.wholeNumber : expected;
  return wanted === null ? CONFIG_WORDS.unfit(received) : CONFIG_WORDS.expected(wanted, received);
}

/** Describes the first violation: "arms.0.rank: Expected …". */
export function describeIssues(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  const [issue] = issues;
  const path = v.getDotPath(issue);
  return path ? CONFIG_WORDS.at(path, told(issue)) : told(issue);
}
