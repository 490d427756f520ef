/** Statistics for reporting results. NaN means "undefined for so few values"; nothing here throws on data. */

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

/** Standard error of a share measured on `n` independent trials, √(p(1 − p)/n): 0 where all or none count, however few they are. */
export function binomialStandardError(share: number, n: number): number {
  return Math.sqrt((share * (1 - share)) / n);
}

/** The same with `added` trials more, half of which count: it is never 0. */
export const adjustedError = (share: number, n: number, added: number): number =>
  binomialStandardError((share * n + added / 2) / (n + added), n + added);

/** Sampling error of a share that was measured on `n` independent trials, with four more (Agresti & Coull 1998). */
export const shareError = (share: number, n: number): number => adjustedError(share, n, 4);

/** Quantile with linear interpolation between order statistics (Hyndman & Fan 1996, type 7); NaN for no values. */
export function quantile(values: ArrayLike<number>, probability: number): number {
  if (values.length === 0) return NaN;
  const sorted = Float64Array.from(values).sort();
  const position = probability * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

const LANCZOS_FIRST = 0.99999999999980993;
const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Lanczos' approximation of ln Γ(x), x > 0, with g = 7 and nine terms (Press et al., Numerical Recipes): relative error below 1e-14. */
function logGamma(x: number): number {
  const shifted = x - 1;
  let sum = LANCZOS_FIRST;
  for (let i = 0; i < LANCZOS.length; i++) sum += LANCZOS[i] / (shifted + i + 1);
  const base = shifted + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
}

/** The continued fraction of the incomplete beta function (Abramowitz & Stegun 26.5.8), by Lentz's method. */
function betaFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  const clear = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / clear(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    for (const term of [even, odd]) {
      d = 1 / clear(1 + term * d);
      c = clear(1 + term / c);
      fraction *= c * d;
    }
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return fraction;
}

/** The regularised incomplete beta function I_x(a, b) (Abramowitz & Stegun 26.5). */
function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(a, b, x)) / a : 1 - (front * betaFraction(b, a, 1 - x)) / b;
}

const NORMAL_975 = 1.959963984540054;

/** Of whole degrees up to 200, which figures ask for again and again: seeds less one. */
const quantiles = new Map<number, number>();

/**
 * The 0.975 quantile of Student's t, the factor of a two-sided 95 % interval.
 * @param degrees degrees of freedom ≥ 1, not always an integer; NaN below 1 (one value has no interval).
 */
export function tQuantile975(degrees: number): number {
  if (!(degrees >= 1)) return NaN;
  const known = quantiles.get(degrees);
  if (known !== undefined) return known;
  if (degrees > 200) {
    // Cornish–Fisher expansion around the normal quantile (Abramowitz & Stegun 26.7.5): error below 1e-9 from here on.
    const z = NORMAL_975;
    const first = (z ** 3 + z) / 4;
    const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
    const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
    return z + first / degrees + second / degrees ** 2 + third / degrees ** 3;
  }
  // P(|T| > t) = I_{ν/(ν + t²)}(ν/2, ½) (Abramowitz & Stegun 26.7.1) falls and is convex, so Newton's steps from below never pass the quantile.
  const half = degrees / 2;
  const slope = (2 * Math.exp(logGamma(half + 0.5) - logGamma(half))) / Math.sqrt(degrees * Math.PI);
  let t = NORMAL_975;
  for (;;) {
    const beyond = incompleteBeta(half, 0.5, degrees / (degrees + t * t)) - 0.05;
    const step = beyond / (slope * (1 + (t * t) / degrees) ** -(half + 0.5));
    t += step;
    // The next error is the square of this one.
    if (step < 1e-9 * t) break;
  }
  if (Number.isInteger(degrees)) quantiles.set(degrees, t);
  return t;
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
 * Mean and 95 % t interval of a − b over pairs (the same seed, the same image …), which removes variation common to both.
 * @throws RangeError when the lengths differ.
 */
export function pairedDifference(a: ArrayLike<number>, b: ArrayLike<number>): Interval {
  if (a.length !== b.length)
    throw new RangeError(`A paired difference needs pairs, got ${a.length} and ${b.length} values.`);
  return meanInterval(Float64Array.from(a, (value, i) => value - b[i]));
}
