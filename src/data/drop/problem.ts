/** What is wrong with dropped files, in words for the user. */

export interface Problem {
  /** An error leaves nothing to train on; a warning tells what was left out. */
  readonly severity: 'error' | 'warning';
  /** The file, folder or class meant; null when it concerns the whole drop. */
  readonly path: string | null;
  /** What is wrong and what to do, a full sentence. */
  readonly message: string;
}

export function warning(path: string | null, message: string): Problem {
  return { severity: 'warning', path, message };
}

export function error(path: string | null, message: string): Problem {
  return { severity: 'error', path, message };
}

/** "3 images", "1 image", "20,000 files". */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? noun : plural}`;
}

/** The first few names and how many more there are: "a.txt, b.txt and 7 more". */
export function someOf(names: readonly string[], shown = 3): string {
  const head = names.slice(0, shown).join(', ');
  return names.length > shown ? `${head} and ${names.length - shown} more` : head;
}
