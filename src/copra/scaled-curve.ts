/** The curve from the backbone (s = 0) over scaled updates to the run (s = 1): scaled-update.ts. */

/** Equally spaced s between 0 and 1, neither included: there the adapter is known. */
export const scalesBetween = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => (i + 1) / (count + 1));

/** Where a curve over s is: (1 − weight) · point `below` + weight · the point after it. */
export interface PlaceOnCurve {
  readonly s: number;
  readonly below: number;
  readonly weight: number;
}

/**
 * The largest s at which the accuracy is the wanted one, on lines between the points. Null where the curve is above it everywhere.
 * @param s ascending to 1
 * @param accuracy of every point; that of the last is above the wanted one
 */
export function scaleOfAccuracy(
  s: readonly number[],
  accuracy: readonly number[],
  wanted: number,
): PlaceOnCurve | null {
  for (let below = accuracy.length - 2; below >= 0; below--) {
    if (accuracy[below] > wanted) continue;
    // The point after it is above: the search came from there.
    const weight = (wanted - accuracy[below]) / (accuracy[below + 1] - accuracy[below]);
    return { s: (1 - weight) * s[below] + weight * s[below + 1], below, weight };
  }
  return null;
}
