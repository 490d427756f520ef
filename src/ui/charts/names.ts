/** Names on an axis: which are shown, in how many lines, and the values at each. */
import { shortened } from '../../core/shortened.ts';

/** Every nth of `count` indices, starting at `first`. */
export const everyNth = (count: number, n: number, first = 0): number[] =>
  Array.from({ length: count }, (_, i) => i).filter((i) => i >= first && (i - first) % n === 0);

/** All names of several lists in order of first appearance, and each list's values at their indices. */
export function alignNames<R extends { readonly name: string }>(
  lists: readonly (readonly R[])[],
): {
  names: string[];
  rows: (R | null)[][];
} {
  const names = [...new Set(lists.flatMap((list) => list.map(({ name }) => name)))];
  return { names, rows: lists.map((list) => names.map((name) => list.find((row) => row.name === name) ?? null)) };
}

/** Splits a name into lines of at most `characters` characters, broken between words; text that does not fit ends in an ellipsis. */
export function nameLines(text: string, characters: number): string[] {
  const lines: string[] = [];
  for (const word of text.trim().split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= characters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => shortened(line, characters));
}
