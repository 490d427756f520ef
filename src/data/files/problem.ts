/** What is wrong with a data set, in words for the user. */
import { FILE_WORDS, type LeftOut } from './messages.ts';

/** What is wrong with a data set, as one sentence. */
export interface Problem {
  /** An error leaves nothing to train on; a warning says what was left out. */
  readonly severity: 'error' | 'warning';
  /** The file, folder or class concerned; null if there are several. */
  readonly path: string | null;
  /** What is wrong and what to do, a full sentence. */
  readonly message: string;
  /** How many files, images or classes it concerns. */
  readonly count: number;
  /** Why a single file is left out, a clause: what several files have in common. Absent from other problems. */
  readonly why?: string;
}

/** What was left out. @param path of the file; null: of the whole data set @param count files or images that it is about */
export function warning(path: string | null, message: string, count = 1): Problem {
  return { severity: 'warning', path, message, count };
}

/** Why nothing can be trained. Parameters as of `warning`. */
export function error(path: string | null, message: string, count = 1): Problem {
  return { severity: 'error', path, message, count };
}

export const hasError = (problems: readonly Problem[]): boolean =>
  problems.some(({ severity }) => severity === 'error');

const LONGEST = 60;
const short = (name: string) => (name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name);

/** The first few names and how many more there are: "a.txt, b.txt and 7 more". */
export function someOf(names: readonly string[], shown = 3): string {
  const head = names.slice(0, shown).map(short).join(', ');
  return names.length > shown ? FILE_WORDS.more(head, names.length - shown) : head;
}

/** @param why a clause */
export const leftOutOne = (path: string, why: string): Problem => ({
  ...warning(path, FILE_WORDS.leftOutOne(path, why)),
  why,
});

/** One problem for all paths that share a reason: named if it is one, counted with examples if there are more. */
export function leftOut(paths: readonly string[], what: LeftOut, why: string): Problem[] {
  if (paths.length === 0) return [];
  const [path] = paths;
  if (paths.length === 1) return [{ ...warning(path, FILE_WORDS.leftOutOne(short(path), why)), why }];
  return [warning(null, FILE_WORDS.leftOut(paths.length, what, someOf(paths), why), paths.length)];
}
