/** A matrix of confusions, by class: shares, differences, accuracies, and orders of classes. */
import { wilsonInterval } from '../../core/wilson.ts';
import type { Confusion } from '../../study/predictions/result.ts';

export interface ClassAccuracy {
  /** Test images of the class. */
  readonly images: number;
  /** Mean over the runs that are counted. NaN without images. */
  readonly accuracy: number;
  /** 95 % interval over the choice of these images, for these runs. */
  readonly low: number;
  readonly high: number;
}

/** Number of runs that a matrix counts together. */
export const runsOf = ({ seeds }: Confusion): number => Math.max(1, seeds.length);

/** Sum of a row of counts. */
const rowSum = ({ counts }: Confusion, classes: number, row: number): number =>
  counts.slice(row * classes, (row + 1) * classes).reduce((sum, count) => sum + count, 0);

/** [classes, classes]: mean number of images per run. */
export function meanCounts(confusion: Confusion, classes: number): number[][] {
  const runs = runsOf(confusion);
  return Array.from({ length: classes }, (_, row) =>
    confusion.counts.slice(row * classes, (row + 1) * classes).map((count) => count / runs),
  );
}

/** [classes, classes]: share of the images of the row's class; null where there are none. */
export function sharesOf(confusion: Confusion, classes: number): (number | null)[][] {
  return Array.from({ length: classes }, (_, row) => {
    const sum = rowSum(confusion, classes, row);
    return confusion.counts.slice(row * classes, (row + 1) * classes).map((count) => (sum > 0 ? count / sum : null));
  });
}

/** Cell by cell, other − baseline; null where either is unknown. */
export const differenceOf = (
  baseline: readonly (readonly (number | null)[])[],
  other: readonly (readonly (number | null)[])[],
): (number | null)[][] =>
  baseline.map((row, r) =>
    row.map((value, c) => {
      const second = other[r][c];
      return value === null || second === null ? null : second - value;
    }),
  );

/** [classes]. @param effect design effect of accuracies, taken to be that of every class */
export function classAccuracies(confusion: Confusion, classes: number, effect = 1): readonly ClassAccuracy[] {
  return Array.from({ length: classes }, (_, row) => {
    const sum = rowSum(confusion, classes, row);
    const images = Math.round(sum / runsOf(confusion));
    const accuracy = sum > 0 ? confusion.counts[row * classes + row] / sum : NaN;
    const [low, high] = sum > 0 ? wilsonInterval(accuracy, images / effect) : [NaN, NaN];
    return { images, accuracy, low, high };
  });
}

/** The 95 % quantile of the normal distribution. */
const Z95 = 1.6448536269514722;

/**
 * Whether classes differ in accuracy by more than the choice of their images explains: a χ² test of equal shares at 5 %, its quantile by Wilson & Hilferty
 * (1931). The mean of several runs on the same images varies less than one run does, so the test is careful.
 * @param effect design effect of accuracies
 */
export function differInAccuracy(accuracies: readonly ClassAccuracy[], effect = 1): boolean {
  const known = accuracies.filter(({ images }) => images > 0);
  const images = known.reduce((sum, one) => sum + one.images, 0);
  const share = known.reduce((sum, one) => sum + one.images * one.accuracy, 0) / images;
  const degrees = known.length - 1;
  if (degrees < 1 || share <= 0 || share >= 1) return false;
  const square = known.reduce(
    (sum, one) => sum + (one.images * (one.accuracy - share) ** 2) / (share * (1 - share)),
    0,
  );
  const spread = 2 / (9 * degrees);
  return Math.cbrt(square / effect / degrees) > 1 - spread + Z95 * Math.sqrt(spread);
}

export type ClassOrder = 'task' | 'name' | 'accuracy';

/** Classes as they are shown, first to last. By accuracy: the least accurate first, and classes without images last. */
export function classOrder(
  names: readonly string[],
  accuracies: readonly ClassAccuracy[],
  order: ClassOrder,
): number[] {
  const places = names.map((_, i) => i);
  if (order === 'name') return places.sort((a, b) => names[a].localeCompare(names[b], 'en'));
  const of = (i: number): number => (accuracies[i].images > 0 ? accuracies[i].accuracy : Infinity);
  return order === 'accuracy' ? places.sort((a, b) => of(a) - of(b) || a - b) : places;
}
