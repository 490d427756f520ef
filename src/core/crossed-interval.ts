/**
 * The 95 % interval of a figure measured for several seeds on the same test images. Seeds and images are crossed factors, like readers and
 * cases in multi-reader multi-case studies: another study would draw other seeds and other images. The spread over seeds covers only the
 * first. Images of one motif are no independent draws: what is drawn are motifs (clusters.ts), each an image where none are alike.
 *
 * The variance is the one-shot estimate of Gallas (2006) for crossed factors: the variance over seeds, plus the variance over images, minus
 * the contribution of single answers to the second, which the first already contains. The interval is the mean of two. One uses the degrees
 * of freedom of Hillis (2007), which are too many for two or three seeds (coverage 86 to 93 % where seeds matter). The other adds each
 * part's own quantile in quadrature (Graybill & Wang 1980), which is too wide there (97 to 99 % where images matter).
 * tests/integration/interval-coverage.test.ts tests the coverage of the mean.
 */
import { varianceOfMean, type Drawn } from './clusters.ts';
import { mean, tQuantile975 } from './statistics.ts';

/** A figure of one run (one seed), or of a pair of runs (two seeds). */
export interface SeedValue {
  readonly seeds: readonly number[];
  readonly value: number;
  /**
   * [motifs]: the figure if all images were like those of this motif, to first order (its influence function). For an accuracy, where each image is its own
   * motif, this is 1 where the answer is right. The mean is the value, except for curvature. Absent if the answers to single images are not known.
   */
  readonly byMotif?: Float64Array;
  /** Squared change of the figure per share of images answered differently in one variant, summed over variants and halved. */
  readonly sensitivity: number;
}

/** Sources of variation that an interval covers: other seeds on these images, other images for these seeds, or both. */
export type IntervalScope = 'seeds and images' | 'seeds' | 'images';

/** A mean with its 95 % interval; `low` and `high` are NaN and `scope` is null if an interval cannot be computed. */
export interface ScopedInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Number of seeds. */
  readonly seeds: number;
  /** Number of test images; null if the figure does not depend on any. */
  readonly images: number | null;
  readonly scope: IntervalScope | null;
  /** Set where there is no interval because all seeds have the same value, which nothing else varies, and not because they are too few. */
  readonly isConstant?: true;
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const seedsOf = (values: readonly Pick<SeedValue, 'seeds'>[]): number[] => [
  ...new Set(values.flatMap(({ seeds }) => seeds)),
];

/** For every seed, the weights of the values in the mean without it; null if no value remains. */
function leftOut(values: readonly Pick<SeedValue, 'seeds'>[]): Float64Array[] | null {
  const rows = seedsOf(values).map((seed) => {
    const stays = values.map(({ seeds }) => !seeds.includes(seed));
    const left = stays.filter(Boolean).length;
    return left > 0 ? Float64Array.from(stays, (stay) => (stay ? 1 / left : 0)) : null;
  });
  return rows.length > 1 && rows.every((row) => row !== null) ? rows : null;
}

/** (n − 1)/n · Σ (θ₋ᵢ − θ̄)² */
function spreadOfLeftOut(means: ArrayLike<number>): number {
  const { length } = means;
  const middle = mean(means);
  let squares = 0;
  for (let i = 0; i < length; i++) squares += (means[i] - middle) ** 2;
  return ((length - 1) / length) * squares;
}

/**
 * Variance of the mean over other seeds, on the same images: the delete-one jackknife over seeds (Arvesen 1969), because pairs share runs.
 * For single seeds it is s²/n. NaN for one seed, or for pairs of two.
 */
export function seedVariance(values: readonly SeedValue[]): number {
  const weights = leftOut(values);
  if (!weights) return NaN;
  return spreadOfLeftOut(weights.map((row) => sumOf(values.map(({ value }, i) => row[i] * value))));
}

/** [motifs]: the sum of rows of that length. By loops, as all that is done motif by motif: callbacks take several times as long. */
function sumOfRows(rows: readonly Float64Array[], motifs: number): Float64Array {
  const sums = new Float64Array(motifs);
  for (const row of rows) for (let i = 0; i < motifs; i++) sums[i] += row[i];
  return sums;
}

/**
 * Variance of the mean over other images, of other motifs, shared by all seeds. With too few seeds for a seedVariance, it is the whole variance over other
 * images for these seeds. Null if the answers to single images are not known, or there are fewer than two motifs.
 */
export function imageVariance(values: readonly SeedValue[]): number | null {
  const rows = values.flatMap(({ byMotif }) => byMotif ?? []);
  const motifs = rows[0]?.length ?? 0;
  if (rows.length < values.length || rows.some(({ length }) => length !== motifs)) return null;
  const knowsSeeds = leftOut(values) !== null;
  const sums = sumOfRows(rows, motifs);
  const means = new Float64Array(motifs);
  for (let i = 0; i < motifs; i++) means[i] = sums[i] / rows.length;
  const overImages = varianceOfMean(means);
  if (overImages === null || !knowsSeeds) return overImages;
  // Jackknife over seeds for each motif: its spread over seeds, [motifs].
  const without = seedsOf(values).map((seed) => {
    const own = rows.filter((_, r) => values[r].seeds.includes(seed));
    const row = sumOfRows(own, motifs);
    for (let i = 0; i < motifs; i++) row[i] = (sums[i] - row[i]) / (rows.length - own.length);
    return row;
  });
  let single = 0;
  const ofMotif = new Float64Array(without.length);
  for (let i = 0; i < motifs; i++) {
    for (let seed = 0; seed < without.length; seed++) ofMotif[seed] = without[seed][i];
    single += spreadOfLeftOut(ofMotif);
  }
  const ofMeans = spreadOfLeftOut(without.map((row) => mean(row)));
  const answers = (single / motifs - ofMeans) / (motifs - 1);
  return Math.max(0, overImages - answers);
}

/** √(variance) times the quantile for a sum of parts; degrees of freedom by Satterthwaite's rule, as in Hillis. */
function halfWidth(parts: readonly { readonly variance: number; readonly degrees: number }[]): number {
  const total = sumOf(parts.map(({ variance }) => variance));
  if (total === 0) return 0;
  const degrees = 1 / sumOf(parts.map(({ variance, degrees }) => (variance / total) ** 2 / degrees));
  const together = tQuantile975(degrees) * Math.sqrt(total);
  const apart = Math.sqrt(sumOf(parts.map(({ variance, degrees }) => tQuantile975(degrees) ** 2 * variance)));
  return (together + apart) / 2;
}

/** Values are equal if they differ by less than this share of the largest. */
const ROUNDING = 1e-12;

function areEqual(values: readonly SeedValue[]): boolean {
  const [least, most] = [Math.min, Math.max].map((end) => end(...values.map(({ value }) => value)));
  return most - least <= ROUNDING * Math.max(-least, most);
}

/**
 * Mean and interval of values that differ in their seeds. Equal values that depend on no answers have none.
 * @param sample the test images behind the values; null if the figure does not depend on any
 * @param ofImages the imageVariance, if known without the single answers; computed if absent
 */
export function crossedInterval(
  values: readonly SeedValue[],
  sample: Drawn | null,
  ofImages: number | null = imageVariance(values),
): ScopedInterval {
  const seeds = seedsOf(values).length;
  const { images, motifs } = sample ?? { images: null, motifs: null };
  const mean = sumOf(values.map(({ value }) => value)) / values.length;
  const overSeeds = seedVariance(values);
  const overImages = images === null ? null : ofImages;
  // Equal answers do not prove zero variance. Add half an image that is answered differently, a quarter each way, in every seed's table: half of what
  // Agresti & Min (2005) add to a table of paired shares. It counts images, whatever their motifs: one image is the least by which answers differ.
  const sensitivity = sumOf(values.map((value) => value.sensitivity)) / values.length;
  const floor = images === null ? 0 : sensitivity / (2 * seeds * images ** 2);
  const knowsSeeds = !Number.isNaN(overSeeds) && (floor > 0 || !areEqual(values));
  const found = { mean, seeds, images };
  if (!knowsSeeds && overImages === null) {
    const none = { ...found, low: NaN, high: NaN, scope: null };
    return Number.isNaN(overSeeds) ? none : { ...none, isConstant: true };
  }
  const half = halfWidth([
    ...(knowsSeeds ? [{ variance: overSeeds + (overImages === null ? floor : 0), degrees: seeds - 1 }] : []),
    ...(overImages === null || images === null
      ? []
      : [{ variance: overImages + floor, degrees: (motifs ?? images) - 1 }]),
  ]);
  const scope = knowsSeeds ? (overImages === null ? 'seeds' : 'seeds and images') : 'images';
  return { ...found, low: mean - half, high: mean + half, scope };
}
