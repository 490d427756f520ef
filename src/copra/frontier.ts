/** Which of several ways are on the frontier of two or more measures. */

/**
 * Places of the entries that no other beats: none is at least as good in every measure and better in one (Pareto). In order.
 * @param values [entries][measures], larger is better; entries with a value that is no number are never among them
 */
export function frontier(values: readonly (readonly number[])[]): number[] {
  const isKnown = (entry: readonly number[]): boolean => entry.every(Number.isFinite);
  const beats = (a: readonly number[], b: readonly number[]): boolean =>
    a.every((value, i) => value >= b[i]) && a.some((value, i) => value > b[i]);
  return values.flatMap((entry, place) =>
    isKnown(entry) && !values.some((other) => isKnown(other) && beats(other, entry)) ? [place] : [],
  );
}
