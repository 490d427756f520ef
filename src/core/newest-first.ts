/**
 * Compares dates in ISO 8601, the newest first. One that is ahead of now, as a clock wrote it that was wrong, comes last: nobody knows when it was.
 * @param now in ISO 8601
 */
export const newestFirst = (now: string): ((a: string, b: string) => number) => {
  const rank = (date: string): string => `${date > now ? 0 : 1}${date}`;
  return (a, b) => (rank(a) < rank(b) ? 1 : rank(a) > rank(b) ? -1 : 0);
};
