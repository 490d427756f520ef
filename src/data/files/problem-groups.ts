/** Merges problems that report the same about different files into one entry with a count. */
import { FILE_WORDS } from './messages.ts';
import type { Problem } from './problem.ts';

export interface ProblemGroup {
  readonly severity: Problem['severity'];
  /** A full sentence. */
  readonly message: string;
  /** How many files, images or classes it concerns. */
  readonly count: number;
  /** How often the very same sentence came. */
  readonly times: number;
  /** The single sentences, when there are several. */
  readonly details: readonly string[];
}

/**
 * Errors first, then the problems that concern the most files. Files that are left out for the same reason become one problem.
 */
export function groupProblems(problems: readonly Problem[]): ProblemGroup[] {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const { severity, message, why } = problem;
    const key = why === undefined ? `${severity} ${message}` : `${severity} why ${why}`;
    const group = groups.get(key);
    if (group) group.push(problem);
    else groups.set(key, [problem]);
  }
  return [...groups.values()].map(merged).sort((a, b) => rank(a) - rank(b) || b.count - a.count);
}

const rank = ({ severity }: ProblemGroup): number => (severity === 'error' ? 0 : 1);

function merged(group: readonly Problem[]): ProblemGroup {
  const [first] = group;
  const count = group.reduce((sum, problem) => sum + problem.count, 0);
  const { severity, why } = first;
  if (group.length === 1 || why === undefined)
    return { severity, message: first.message, count, times: group.length, details: [] };
  const message = FILE_WORDS.leftOutAlike(count, why);
  return { severity, message, count, times: 1, details: group.map(({ path, message: whole }) => path ?? whole) };
}
