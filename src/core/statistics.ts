/** The statistics that results are reported with. NaN stands for "undefined with so few values"; nothing here throws on data. */

/** Arithmetic mean; NaN for no values. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** Sample standard deviation (divisor n − 1); NaN for fewer than two values. */
export function standardDeviation(values: ArrayLike<number>): number {
  if (values.length < 2) return NaN;
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] - centre) ** 2;
  return Math.sqrt(sum / (values.length - 1));
}

/** Standard error of the mean, sd/√n; NaN for fewer than two values. */
export function standardError(values: ArrayLike<number>): number {
  return standardDeviation(values) / Math.sqrt(values.length);
}

/** Standard error of a share measured on `n` independent trials, √(p(1 − p)/n). */
export function binomialStandardError(share: number, n: number): number {
  return Math.sqrt((share * (1 - share)) / n);
}

/** Quantile with linear interpolation between order statistics (Hyndman & Fan 1996, type 7); NaN for no values. */
export function quantile(values: ArrayLike<number>, probability: number): number {
  if (values.length === 0) return NaN;
  const sorted = Float64Array.from(values).sort();
  const position = probability * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

/** P(|T| ≤ t) of Student's t with integer degrees of freedom (Abramowitz & Stegun 26.7.3 and 26.7.4). */
function centralProbability(t: number, degrees: number): number {
  const theta = Math.atan(t / Math.sqrt(degrees));
  const cosine = Math.cos(theta);
  const odd = degrees % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k < degrees; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (theta + Math.sin(theta) * sum) : Math.sin(theta) * sum;
}

const NORMAL_975 = 1.959963984540054;

/**
 * The 0.975 quantile of Student's t, the factor of a two-sided 95 % interval.
 * @param degrees degrees of freedom, an integer ≥ 1; NaN below 1 (one value has no interval).
 */
export function tQuantile975(degrees: number): number {
  if (!(degrees >= 1)) return NaN;
  if (degrees > 200) {
    // Cornish–Fisher expansion around the normal quantile (Abramowitz & Stegun 26.7.5): error below 1e-9 from here on.
    const z = NORMAL_975;
    const first = (z ** 3 + z) / 4;
    const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
    const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
    return z + first / degrees + second / degrees ** 2 + third / degrees ** 3;
  }
  let low = NORMAL_975;
  let high = 13; // the quantile of one degree of freedom is 12.706
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (centralProbability(middle, degrees) < 0.95) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** A mean with its 95 % t interval; `standardError`, `low` and `high` are NaN for fewer than two values. */
export interface Interval {
  readonly n: number;
  readonly mean: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
}

/** Mean and 95 % t interval of independent values. */
export function meanInterval(values: ArrayLike<number>): Interval {
  const centre = mean(values);
  const error = standardError(values);
  const half = tQuantile975(values.length - 1) * error;
  return { n: values.length, mean: centre, standardError: error, low: centre - half, high: centre + half };
}

/**
 * Mean and 95 % t interval of a − b over pairs (the same seed, the same image …), which removes what both share.
 * @throws RangeError when the lengths differ.
 */
export function pairedDifference(a: ArrayLike<number>, b: ArrayLike<number>): Interval {
  if (a.length !== b.length)
    throw new RangeError(`A paired difference needs pairs, got ${a.length} and ${b.length} values.`);
  return meanInterval(Float64Array.from(a, (value, i) => value - b[i]));
}

/**
 * Mean and 95 % t interval of a figure of pairs, where pairs share members (pairs of seeds share runs) and so are not independent: the
 * standard error is that of the delete-one jackknife over members (Arvesen 1969), √((n − 1)/n · Σ (θ₋ᵢ − θ̄)²) for n members.
 * `n` counts members; `standardError`, `low` and `high` are NaN for fewer than three.
 */
export function pairsInterval(
  pairs: readonly { readonly first: number; readonly second: number; readonly value: number }[],
): Interval {
  const members = [...new Set(pairs.flatMap(({ first, second }) => [first, second]))];
  const n = members.length;
  const centre = mean(pairs.map(({ value }) => value));
  const without = members.map((member) =>
    mean(pairs.flatMap(({ first, second, value }) => (first === member || second === member ? [] : [value]))),
  );
  const middle = mean(without);
  const error = Math.sqrt(((n - 1) / n) * without.reduce((sum, value) => sum + (value - middle) ** 2, 0));
  const half = tQuantile975(n - 1) * error;
  return { n, mean: centre, standardError: error, low: centre - half, high: centre + half };
}
