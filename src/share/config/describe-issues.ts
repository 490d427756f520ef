/** Schema violations in words. */
import * as v from 'valibot';

/** Describes the first violation: "arms.0.rank: Expected …". */
export function describeIssues(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  const [issue] = issues;
  const path = v.getDotPath(issue);
  return path ? `${path}: ${issue.message}` : issue.message;
}
