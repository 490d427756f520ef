/** The test pictures along the paths between two seeds: which are right at every λ, and which the midpoint loses and wins. */
import { mean } from '../../../core/statistics.ts';
import { keptPlaces, trueClasses } from '../../predictions/answers.ts';
import { turnedPictures, type BeforeAfter, type Turned } from '../../predictions/turned.ts';
import { landscapesOf } from '../../result/of-arm.ts';
import type { StudyResult } from '../../result/result.ts';
import { testedImages } from '../../result/tested-images.ts';
import { rightAlong } from './halfway.ts';
import type { LandscapeResult } from './result.ts';

export interface PathPictures {
  readonly lambdas: readonly number[];
  /** [pictures]: places among the tested images. */
  readonly places: readonly number[];
  /** [pictures]: true classes; null in results of earlier versions. */
  readonly labels: readonly number[] | null;
  readonly pairs: readonly {
    readonly seeds: readonly number[];
    /** [points][pictures]: 1 where the answer is right. */
    readonly right: readonly Uint8Array[];
  }[];
}

export type PathParts = Pick<StudyResult, 'landscape' | 'task' | 'config'>;
/** One kind of path. */
export type PathKind = Pick<LandscapeResult, 'path' | 'alignment'>;

/** Kinds of paths that were measured. */
export const pathKinds = (entries: readonly LandscapeResult[]): PathKind[] => [
  ...new Map(entries.map(({ path, alignment }) => [`${path} ${alignment ?? ''}`, { path, alignment }])).values(),
];

/** Null where no answers along the paths of this arm are kept. */
export function pathPictures(result: PathParts, { path, alignment }: PathKind, arm: string): PathPictures | null {
  const entries = landscapesOf(result, arm, path, alignment);
  const tested = testedImages(result);
  const places = keptPlaces(result);
  const pairs = entries.flatMap((entry) => {
    const right = rightAlong(entry, tested, places);
    return right ? [{ seeds: entry.seeds, right }] : [];
  });
  if (pairs.length === 0) return null;
  const labels = trueClasses(result);
  return { lambdas: entries[0].lambdas, places, labels: labels && places.map((place) => labels[place]), pairs };
}

/** The same with one pair only. */
export const ofPair = (pictures: PathPictures, seeds: string | null): PathPictures => {
  const own = pictures.pairs.filter((pair) => pair.seeds.join() === seeds);
  return own.length > 0 ? { ...pictures, pairs: own } : pictures;
};

/** [points][pictures]: number of pairs that are right. */
export const rightCounts = ({ lambdas, places, pairs }: PathPictures): readonly (readonly number[])[] =>
  lambdas.map((_, point) => places.map((__, i) => pairs.reduce((sum, { right }) => sum + right[point][i], 0)));

/**
 * Up to `most` pictures that change most along the path, those first that are right on most of it. Indices of pictures.
 * @param counts [points][pictures]
 */
export function changingMost(counts: readonly (readonly number[])[], most: number): number[] {
  const of = counts[0].map((_, i) => {
    const along = counts.map((point) => point[i]);
    return { i, range: Math.max(...along) - Math.min(...along), right: mean(along) };
  });
  return of
    .toSorted((a, b) => b.range - a.range || a.i - b.i)
    .slice(0, most)
    .toSorted((a, b) => b.right - a.right || a.i - b.i)
    .map(({ i }) => i);
}

/** Pictures that are right at both ends and wrong at λ = ½ (lost), or the other way round (won), in some pair. Null without a point at ½. */
export function turnedHalfway({ lambdas, places, pairs }: PathPictures, side: 'lost' | 'won'): Turned[] | null {
  const middle = lambdas.indexOf(0.5);
  if (middle < 0) return null;
  const runs = pairs.map(({ right }): BeforeAfter => {
    const [first, last, half] = [right[0], right[right.length - 1], right[middle]];
    return {
      before: (i) => (first[i] !== last[i] ? null : first[i] ? 1 : 0),
      after: (i) => (half[i] ? 1 : 0),
    };
  });
  return turnedPictures(runs, places.length, side === 'lost' ? 1 : 0);
}

/** [points]: accuracy of a class, of every pair. Null where not all its pictures are known, or it has none. */
export function classPaths(
  { labels, pairs, places }: PathPictures,
  label: number,
  tested: number,
): { readonly images: number; readonly accuracy: readonly (readonly number[])[] } | null {
  if (!labels || places.length < tested) return null;
  const own = labels.flatMap((other, i) => (other === label ? [i] : []));
  if (own.length === 0) return null;
  return {
    images: own.length,
    accuracy: pairs.map(({ right }) => right.map((point) => mean(own.map((i) => point[i])))),
  };
}
