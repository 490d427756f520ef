/** Guesses what a misspelt word was meant to be. */

/** Number of insertions, deletions and substitutions that turn one word into the other (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}

const MAX_LENGTH = 40;

/** The known word that differs in one letter, or in two if it is long; null if none is that close or the word is known. */
export function nearest(word: string, known: readonly string[]): string | null {
  if (word.length > MAX_LENGTH || known.includes(word)) return null;
  const allowed = word.length >= 5 ? 2 : word.length >= 3 ? 1 : 0;
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0] && ranked[0].distance <= allowed ? ranked[0].candidate : null;
}
