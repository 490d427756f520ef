/** Pictures whose answers turn in some runs: right before and wrong after, or the other way round. */

export interface Turned {
  /** Index of the picture. */
  readonly picture: number;
  /** Runs (or pairs of runs) in which it is so before, and those of them in which it is the other way after. */
  readonly of: number;
  readonly turned: number;
}

/** Answers before and after, of one run. [pictures] each: 1 where they are right; null before: neither. */
export interface BeforeAfter {
  readonly before: (picture: number) => 0 | 1 | null;
  readonly after: (picture: number) => 0 | 1;
}

/** Those that turn in some run; those that turn in most first. @param from what they are before: 1 right, 0 wrong */
export function turnedPictures(runs: readonly BeforeAfter[], pictures: number, from: 0 | 1): Turned[] {
  return Array.from({ length: pictures }, (_, picture) => {
    const own = runs.filter(({ before }) => before(picture) === from);
    return { picture, of: own.length, turned: own.filter(({ after }) => after(picture) !== from).length };
  })
    .filter(({ turned }) => turned > 0)
    .toSorted((a, b) => b.turned - a.turned || a.of - b.of || a.picture - b.picture);
}
