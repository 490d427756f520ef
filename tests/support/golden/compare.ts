/** One line of a golden check, and how errors are measured. */

export interface GoldenLine {
  readonly name: string;
  /** Largest relative error found. */
  readonly error: number;
  readonly tolerance: number;
}

export const passes = ({ error, tolerance }: GoldenLine): boolean => error <= tolerance;

/**
 * The line with what half precision of the weights may change: 2⁻¹¹ of each weight is a few times that in outputs and losses, more in the lengths of gradients, and
 * most in adapters, whose values are small sums of many signed steps.
 */
export const inHalfPrecision = (line: GoldenLine): GoldenLine => ({
  ...line,
  tolerance: Math.max(line.tolerance, line.name.endsWith('adapter') ? 1e-2 : line.name.endsWith('norms') ? 5e-3 : 2e-3),
});

/** max |actual − expected| / max |expected|: the error of an output relative to its scale. NaN counts as infinite. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Infinity;
  let difference = 0;
  let scale = 0;
  for (let i = 0; i < expected.length; i++) {
    const d = Math.abs(actual[i] - expected[i]);
    difference = Number.isNaN(d) ? Infinity : Math.max(difference, d);
    scale = Math.max(scale, Math.abs(expected[i]));
  }
  return difference / Math.max(scale, Number.MIN_VALUE);
}

/** Largest |aᵢ − eᵢ| / |eᵢ|: for lists of scalars that must each be right. */
export function worstRelativeError(actual: readonly number[], expected: readonly number[]): number {
  if (actual.length !== expected.length) return Infinity;
  return expected.reduce((worst, e, i) => Math.max(worst, relativeError([actual[i]], [e])), 0);
}

/** ‖a − e‖ / ‖e‖. */
export function normError(actual: Float32Array, expected: Float32Array): number {
  if (actual.length !== expected.length) return Infinity;
  let difference = 0;
  let norm = 0;
  expected.forEach((e, i) => {
    difference += (actual[i] - e) ** 2;
    norm += e * e;
  });
  return Number.isNaN(difference) ? Infinity : Math.sqrt(difference / norm);
}
