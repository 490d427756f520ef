/** Answers along a path between two adapters, and what its midpoint loses of what both ends get right and wins of what both get wrong, in images. */
import { rightAt } from '../../predictions/right.ts';
import type { LandscapeResult } from './result.ts';

type Halfway = NonNullable<LandscapeResult['halfway']>;

/** [points][images]: 1 where the answer is right; null where the answers at some point are not kept. @param places of the images, among `tested` */
export function rightAlong(
  { lambdas, correct, keptCorrect }: LandscapeResult,
  tested: number,
  places: readonly number[],
): readonly Uint8Array[] | null {
  const points = lambdas.flatMap(
    (_, i) => rightAt({ correct: correct?.[i], keptCorrect: keptCorrect?.[i] }, tested, places) ?? [],
  );
  return points.length === lambdas.length ? points : null;
}

/** The same of all tested images; null where only some of them are kept. */
export const allRightAlong = (path: LandscapeResult, tested: number): readonly Uint8Array[] | null =>
  path.correct
    ? rightAlong(
        path,
        tested,
        Array.from({ length: tested }, (_, i) => i),
      )
    : null;

/** Numbers of test images. Null where the path has no point at λ = ½, or its answers are not known. */
export function halfwayOf(path: LandscapeResult, tested: number): Halfway | null {
  if (path.halfway) return path.halfway;
  const middle = path.lambdas.indexOf(0.5);
  const all = allRightAlong(path, tested);
  if (!all || middle < 0) return null;
  const [first, last, half] = [all[0], all[all.length - 1], all[middle]];
  const found = { both: 0, lost: 0, neither: 0, won: 0 };
  for (let i = 0; i < tested; i++) {
    if (first[i] !== last[i]) continue;
    if (first[i]) {
      found.both++;
      found.lost += 1 - half[i];
    } else {
      found.neither++;
      found.won += half[i];
    }
  }
  return found;
}
